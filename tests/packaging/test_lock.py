import re

import pytest
from environment import CONSTRAINTS
from lock import PLATFORMS, compile_words, lock_file

FILES = [lock_file(name, with_build=more) for name in PLATFORMS for more in (False, True)]


def pins(text):
    found = re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    return {re.sub("[._]", "-", name.lower()): version for name, version in found}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_library_is_locked_by_hash_and_no_address_is_named(file):
    text = file.read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if entry]

    assert len(entries) > 10
    assert not [entry for entry in entries if "--hash=sha256:" not in entry]
    assert "://" not in text
    assert not re.search("index-url|find-links|#", text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_locks_hold_the_versions_that_are_tested(file):
    tested = pins(CONSTRAINTS.read_text("utf-8"))
    locked = pins(file.read_text("utf-8"))

    assert locked == {name: tested[name] for name in locked}


def test_what_builds_the_program_is_not_in_what_it_holds():
    for name in PLATFORMS:
        held = pins(lock_file(name, with_build=False).read_text("utf-8"))
        there = pins(lock_file(name, with_build=True).read_text("utf-8"))

        assert held.items() <= there.items()
        assert "pyinstaller" in set(there) - set(held)


def test_the_command_asks_for_hashes_and_leaves_addresses_out():
    words = compile_words("windows", with_build=True)

    assert {"--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"} <= set(words)
    assert words[words.index("--extra") + 1] == "build"
