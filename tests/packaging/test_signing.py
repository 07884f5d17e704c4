import sys

import pytest
from signing import VARIABLE, defines, sign
from told import CannotGoOn

APPEND = "import sys; open(sys.argv[1], 'ab').write(b' signed')"
COPY = "import sys; open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read() + b' copied')"


def command(script, *words):
    return " ".join([f'"{sys.executable}"', "-c", f'"{script}"', *words])


def test_without_a_command_files_stay_as_they_are(tmp_path):
    (tmp_path / "a.exe").write_bytes(b"MZ")

    assert sign([tmp_path / "a.exe"], {}) is False
    assert (tmp_path / "a.exe").read_bytes() == b"MZ"
    assert defines({}) == []


@pytest.mark.parametrize(
    ("script", "words", "after"),
    [(APPEND, ["{file}"], b"MZ signed"), (COPY, ["{file}", "{out}"], b"MZ copied")],
)
def test_a_tool_may_sign_in_place_or_write_another_file(tmp_path, script, words, after):
    (tmp_path / "a.exe").write_bytes(b"MZ")

    assert sign([tmp_path / "a.exe"], {VARIABLE: command(script, *words)}) is True
    assert (tmp_path / "a.exe").read_bytes() == after
    assert [path.name for path in tmp_path.iterdir()] == ["a.exe"]


def test_a_file_that_could_not_be_signed_stops_the_release(tmp_path):
    with pytest.raises(CannotGoOn, match=r"a\.exe"):
        sign([tmp_path / "a.exe"], {VARIABLE: command("raise SystemExit(1)", "{file}")})
