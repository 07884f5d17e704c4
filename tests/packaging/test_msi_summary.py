import struct

from msi_summary import CODE, CREATED, SAVED, SUMMARY, settle

OLD, NEW = "{00000000-0000-0000-0000-000000000000}", "{7F983AAA-1FF7-53EB-BCDD-981A4C69CA43}"


def summary(code, ticks):
    """Return a property set of a code and two times, as it stands in an MSI."""
    text = struct.pack("<II", 30, len(code) + 1) + code.encode() + b"\0\0"
    times = struct.pack("<IQ", 64, ticks) * 2
    first = 8 + 3 * 8
    entries = [(CODE, first), (CREATED, first + len(text)), (SAVED, first + len(text) + 12)]
    listed = b"".join(struct.pack("<II", *entry) for entry in entries)
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), 1) + SUMMARY + struct.pack("<I", 48)
    return head + struct.pack("<II", 0, 3) + listed + text + times


def test_the_code_and_both_times_are_settled_and_nothing_else_changes(tmp_path):
    file = tmp_path / "a.msi"
    file.write_bytes(b"before" + summary(OLD, 5) + b"after")

    settle(file, NEW, 0)

    assert file.read_bytes() == b"before" + summary(NEW, 116_444_736_000_000_000) + b"after"
