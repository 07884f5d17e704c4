from decimal import Decimal

import pytest

from app.features.catalogue.packs_panel import PacksPanel
from app.features.catalogue.service import BarcodeLine, Card, PackLine

CARD = Card(
    kind="items",
    key="TEA",
    texts={"unit": "kg"},
    barcodes=(BarcodeLine("4006381333931", Decimal("1.5"), True),),
    packs=(PackLine("carton", 12, 1), PackLine("lb", 45, 100)),
)


@pytest.fixture
def panel(qtbot):
    panel = PacksPanel()
    qtbot.addWidget(panel)
    panel.show_card(CARD)
    panel.show()
    return panel


def test_barcodes_and_packs_are_listed(panel):
    contents = [panel.packs.columns()[1].text(pack) for pack in panel.packs.rows()]

    assert panel.barcodes.rows() == list(CARD.barcodes)
    assert contents == ["12", "45 ⁄ 100"]


def test_what_is_typed_is_told_by_enter(qtbot, panel):
    panel.code_quantity.setText("12")
    with qtbot.waitSignal(panel.barcode_added) as told:
        qtbot.keyClicks(panel.code, "NEW\r")

    assert told.args == ["NEW", "12"]


def test_nothing_typed_adds_nothing(qtbot, panel):
    with qtbot.assertNotEmitted(panel.pack_added):
        panel.add_pack.click()


def test_the_selected_one_is_removed(qtbot, panel):
    panel.pack_table.select(1)
    with qtbot.waitSignal(panel.pack_removed) as told:
        panel.drop_pack.click()

    assert told.args == ["lb"]


def test_a_new_item_has_no_packs_to_show(panel):
    panel.show_card(None)

    assert not panel.isVisible()
    assert panel.packs.rows() == []
