import struct

from icons import ICO, LAST_SMALL, SIZES, SMALL, SVG, drawn, ico_of, source_for


def test_an_icon_names_each_picture_where_it_lies():
    found = ico_of({16: b"small", 256: b"large one"})

    assert struct.unpack_from("<HHH", found) == (0, 1, 2)
    for index, (size, picture) in enumerate(((16, b"small"), (0, b"large one"))):
        entry = struct.unpack_from("<BBBBHHII", found, 6 + 16 * index)
        assert entry[0] == size
        assert found[entry[7] : entry[7] + entry[6]] == picture


def test_small_sizes_have_a_drawing_of_their_own():
    assert source_for(16) == source_for(LAST_SMALL) == SMALL
    assert source_for(32) == source_for(256) == SVG


def test_the_icon_of_the_program_holds_every_size_in_which_it_is_shown(qapp):
    data = ICO.read_bytes()
    (count,) = struct.unpack_from("<H", data, 4)
    sizes = [struct.unpack_from("<B", data, 6 + 16 * index)[0] or 256 for index in range(count)]

    assert tuple(sizes) == SIZES
    assert drawn(SVG, 48).startswith(b"\x89PNG")
