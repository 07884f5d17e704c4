from app.core.labels import LabelKind
from app.features.labels.designs import all_templates


def test_every_kind_of_label_has_designs_from_tiny_to_large():
    for kind in LabelKind:
        mine = [template for template in all_templates() if template.kind is kind]
        assert len(mine) >= 4
        assert min(template.height for template in mine) <= 10
        assert max(template.height for template in mine) >= 60


def test_every_design_has_exactly_one_barcode():
    for template in all_templates():
        assert [box.kind for box in template.boxes].count("barcode") == 1
