from app.core.symbols import Symbol, Symbology


def test_matrices_and_gs1_are_told_from_the_rest():
    assert {kind for kind in Symbology if kind.is_matrix} == {
        Symbology.DATAMATRIX,
        Symbology.GS1_DATAMATRIX,
        Symbology.QR,
    }
    assert {kind for kind in Symbology if kind.is_gs1} == {
        Symbology.GS1_128,
        Symbology.GS1_DATAMATRIX,
    }


def test_every_kind_has_its_white():
    assert all(min(kind.quiet) >= 1 for kind in Symbology)
    assert Symbology.EAN13.quiet == (11, 7)
    assert Symbology.CODE128.quiet == (10, 10)


def test_a_symbol_is_as_wide_as_its_bars_and_the_white_around_them():
    symbol = Symbol(Symbology.EAN13, "4006381333931", 95, (((0, 1),),))
    assert symbol.full_width == 113
    square = Symbol(Symbology.DATAMATRIX, "x", 2, (((0, 2),), ((0, 1),)))
    assert (square.full_width, square.full_height) == (6, 6)
