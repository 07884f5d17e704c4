"""The summary of an MSI: tools put the present time and a random code in it, we settled ones."""

import struct
from pathlib import Path

SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""The format's name, by which the property set is found in the file."""

CODE, CREATED, SAVED = 9, 12, 13
TEXT, TIME = 30, 64
TICKS_TO_1970 = 116_444_736_000_000_000


def settle(file: Path, code: str, moment: int) -> None:
    """Put a package code, in braces, and a time into an MSI's summary, in place."""
    data = bytearray(file.read_bytes())
    (at,) = (found for found in _all(data, SUMMARY) if _is_property_set(data, found))
    (distance,) = struct.unpack_from("<I", data, at + len(SUMMARY))
    section = at - 28 + distance
    (count,) = struct.unpack_from("<I", data, section + 4)
    ticks = TICKS_TO_1970 + moment * 10_000_000
    for index in range(count):
        name, offset = struct.unpack_from("<II", data, section + 8 + 8 * index)
        (kind,) = struct.unpack_from("<I", data, section + offset)
        if name in (CREATED, SAVED) and kind == TIME:
            struct.pack_into("<Q", data, section + offset + 4, ticks)
        elif name == CODE and kind == TEXT:
            data[section + offset + 8 : section + offset + 8 + len(code)] = code.encode("ascii")
    file.write_bytes(data)


def _all(data: bytearray, what: bytes) -> list[int]:
    found = [data.find(what)]
    while found[-1] >= 0:
        found.append(data.find(what, found[-1] + 1))
    return found[:-1]


def _is_property_set(data: bytearray, at: int) -> bool:
    return at >= 28 and data[at - 28 : at - 26] == b"\xfe\xff"
