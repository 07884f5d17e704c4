from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.scrolled import scrolled


def test_what_does_not_fit_keeps_its_height_and_tab_leads_to_it(qtbot):
    content = QWidget()
    column = QVBoxLayout(content)
    fields = [QLineEdit() for _ in range(20)]
    for field in fields:
        column.addWidget(field)
    page = QWidget()
    QVBoxLayout(page).addWidget(scrolled(content, "fields"))
    after = QPushButton("after")
    page.layout().addWidget(after)
    qtbot.addWidget(page)
    page.resize(300, 150)
    with qtbot.waitActive(page):
        page.show()

    assert all(field.height() >= field.minimumSizeHint().height() for field in fields)
    assert fields[-1].visibleRegion().isEmpty()
    fields[0].setFocus()
    for _ in range(len(fields) - 1):
        qtbot.keyClick(page.focusWidget(), "\t")
    assert page.focusWidget() is fields[-1]
    assert not fields[-1].visibleRegion().isEmpty()
