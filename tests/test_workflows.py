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


def test_only_the_job_that_publishes_may_write_and_a_person_approves_it():
    (release,) = (file.read_text("utf-8") for file in WORKFLOWS if file.stem == "release")
    build, publish = release.split("  publish:\n")

    assert "contents: write" not in build
    assert "contents: write" in publish
    assert "environment: release" in publish
    assert "--draft" in publish
    assert "id-token" not in publish


def test_what_installed_programs_look_for_is_published_with_the_sums():
    (release,) = (file.read_text("utf-8") for file in WORKFLOWS if file.stem == "release")
    publish = release.partition("  publish:\n")[2]

    steps = ("actions/checkout@", "latest.py", "sha256sum", "gh release create")
    assert sorted(steps, key=publish.index) == list(steps)
