import re
from pathlib import Path

import pytest

WORKFLOWS = sorted((Path(__file__).parent.parent / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_every_action_is_pinned_by_its_commit_and_every_runner_by_its_release(file):
    text = file.read_text("utf-8")

    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert not [word for word in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", word)]
    assert "-latest" not in text


def jobs():
    """Return the text of each of the release's jobs by its name."""
    (release,) = (file.read_text("utf-8") for file in WORKFLOWS if file.stem == "release")
    parts = re.split(r"^  ([\w-]+):\n", release.partition("\njobs:\n")[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def steps(job):
    return re.split(r"^      - ", job, flags=re.MULTILINE)[1:]


def minutes(job):
    return int(re.search(r"timeout-minutes: (\d+)", job)[1])


def test_only_the_job_that_publishes_may_write_and_a_person_approves_it():
    publish = jobs()["publish"]
    others = "".join(text for name, text in jobs().items() if name != "publish")

    assert ": write" not in others
    assert "contents: write" in publish
    assert "environment: release" in publish
    assert "--draft" in publish


def test_what_installed_programs_look_for_is_published_with_the_sums_and_a_provenance():
    publish = jobs()["publish"]

    steps = ("actions/checkout@", "latest.py", "sha256sum")
    steps += ("actions/attest-build-provenance@", "gh release create")
    assert sorted(steps, key=publish.index) == list(steps)
    assert "subject-path: files/*" in publish
    assert re.search(r"gh release create .* files/\*$", publish, re.MULTILINE)


def test_every_job_waits_for_the_one_before_it_and_the_tests_have_time():
    found = {name: re.search(r"needs: (.*)", text) for name, text in jobs().items()}
    needs = {name: match[1] for name, match in found.items() if match}

    assert needs == {
        "build": "test",
        "try-windows": "build",
        "try-linux": "build",
        "publish": "[try-windows, try-linux]",
    }
    (test,) = (file.read_text("utf-8") for file in WORKFLOWS if file.stem == "test")
    assert minutes(jobs()["test"]) >= max(90, minutes(test))


def test_every_file_of_a_release_is_installed_or_unpacked_run_and_removed():
    on_windows, on_linux = jobs()["try-windows"], jobs()["try-linux"]

    for ending in ("-setup.exe", ".msi", ".zip"):
        (step,) = (step for step in steps(on_windows) if f'Find-File "{ending}"' in step)
        assert "Test-Program" in step
    assert "stockroom-uninstall.exe" in on_windows
    assert '"/x `"$msi`"' in on_windows
    assert on_windows.count("Start-Process") == 1  # only where the exit code is looked at
    for ending in ("_amd64.deb", "-linux-x64.tar.xz"):
        (step,) = (step for step in steps(on_linux) if ending in step)
        assert " tour --out" in step
        assert " verify\n" in step
    assert "apt-get purge" in on_linux


def test_what_signs_is_told_to_the_step_that_packs_alone():
    told = [step for job in jobs().values() for step in steps(job) if "secrets." in step]

    (step,) = told
    assert step.rstrip().endswith("dev.py build pack")
    assert all("secrets." not in job.partition("steps:")[0] for job in jobs().values())
