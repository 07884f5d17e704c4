from wine.screen import squeezed


def test_what_is_read_from_a_picture_counts_whatever_blanks_and_dots_are_in_it():
    assert squeezed("AppData\\Local\\Stockroom") == squeezed("AppData \\Local\n\\Stockroom.")
    assert squeezed("9.0.0 is ready") != squeezed("9.0.1 is ready")
