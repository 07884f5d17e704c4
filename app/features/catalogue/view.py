"""The Catalogue screen: items with their barcodes and packs, locations, suppliers, customers."""

from typing import Any

from PySide6.QtWidgets import QTabWidget
from typing_extensions import override

from app.core.catalogue import PartnerKind
from app.core.errors import AppError
from app.core.paging import Key
from app.core.scans import (
    Command,
    CommandScan,
    Effect,
    ItemScan,
    LocationScan,
    LotScan,
    Meaning,
    Tone,
    UnknownScan,
)
from app.features.catalogue.columns import item_columns, partner_columns, place_columns
from app.features.catalogue.editing import BadForm, remove_barcode, remove_pack, save_record
from app.features.catalogue.exchange import ExchangeScreen
from app.features.catalogue.page import Page
from app.features.catalogue.service import (
    find_items,
    find_locations,
    find_partners,
    read_item,
    read_location,
    read_partner,
)
from app.ui.jobs import Job, Jobs
from app.ui.messages import translated
from app.ui.parts import ActionButton, Mend
from app.ui.tables import Column


class CatalogueView(ExchangeScreen):
    title = "Catalogue"
    key = "F9"
    icon = "catalogue"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._after_leaving = ""
        self.items = self._page("items", item_columns(), self.tr("Find an item"))
        self.places = self._page("locations", place_columns(), self.tr("Find a location"))
        self.suppliers = self._page("suppliers", partner_columns(), self.tr("Find a supplier"))
        self.customers = self._page("customers", partner_columns(), self.tr("Find a customer"))
        self.pages = (self.items, self.places, self.suppliers, self.customers)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("catalogue_tabs")
        self.tabs.setAccessibleName(self.tr("What the catalogue holds"))
        for page in self.pages:
            self.tabs.addTab(page, self.table_names()[page.kind])
        self.body.addWidget(self.tabs, 1)
        self.new = ActionButton(self.tr("New"), "Ctrl+N", "new_record")
        self.save = ActionButton(self.tr("Save"), "Ctrl+S", "save_record", main=True)
        for button in (self.new, self.bring, self.write, self.save):
            self.footer.add_button(button)
        self._wire()
        self._show_state()

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(self._turn_to)
        self.new.clicked.connect(self._start_new)
        self.save.clicked.connect(self._save)
        packs = self.items.packs
        if packs:
            packs.barcode_added.connect(self._add_barcode)
            packs.barcode_removed.connect(self._ask_about_barcode)
            packs.pack_added.connect(self._add_pack)
            packs.pack_removed.connect(self._ask_about_pack)

    def _page(self, kind: str, columns: tuple[Column[Any], ...], hint: str) -> Page:
        fetch = {
            "items": self._find_items,
            "locations": self._find_places,
            "suppliers": self._find_suppliers,
            "customers": self._find_customers,
        }[kind]
        page = Page(kind, columns, fetch, hint)
        page.card_wanted.connect(self._ask_for_card)
        page.left_unsaved.connect(self._ask_about_changes)
        page.edited.connect(self._show_state)
        page.save_wanted.connect(self._save)
        page.table.export_wanted.connect(self._offer_export)
        page.explain(
            self.tr("Nothing here"),
            self.tr("Ctrl+N adds one by hand, Ctrl+I brings many in from Excel or CSV."),
            Mend(self.tr("Import a table"), self._offer_import),
        )
        return page

    @property
    def page(self) -> Page:
        """The tab that is in front."""
        return self.pages[self.tabs.currentIndex()]

    @override
    def reload(self) -> None:
        self.page.reload()

    @override
    def handle_scan(self, meaning: Meaning) -> None:
        match meaning:
            case ItemScan(item=item) | LotScan(item=item):
                self._open_by_scan(self.items, item.sku)
            case LocationScan(location=place):
                self._open_by_scan(self.places, place.path)
            case UnknownScan(code=code):
                self._offer_code(code)
            case CommandScan(command=Command.POST) if self.save.isEnabled():
                self._save()
                self.scan_done(Effect(self.tr("Saved")))
            case _:
                super().handle_scan(meaning)

    # Lists

    def _find_items(self, text: str, after: Key | None) -> Job:
        return self.ask_latest("list of items", find_items, text, after)

    def _find_places(self, text: str, after: Key | None) -> Job:
        return self.ask_latest("list of locations", find_locations, text, after)

    def _find_suppliers(self, text: str, after: Key | None) -> Job:
        return self.ask_latest(
            "list of suppliers", find_partners, PartnerKind.SUPPLIER, text, after
        )

    def _find_customers(self, text: str, after: Key | None) -> Job:
        return self.ask_latest(
            "list of customers", find_partners, PartnerKind.CUSTOMER, text, after
        )

    def _turn_to(self) -> None:
        self.page.reload()
        self.page.search.setFocus()
        self._show_state()

    # One record

    def _ask_for_card(self, kind: str, key: str) -> None:
        page = next(page for page in self.pages if page.kind == kind)
        if page is self.items:
            job = self.ask_latest(kind, read_item, key)
        elif page is self.places:
            job = self.ask_latest(kind, read_location, key)
        else:
            partner = PartnerKind.SUPPLIER if page is self.suppliers else PartnerKind.CUSTOMER
            job = self.ask_latest(kind, read_partner, partner, key)
        job.succeeded.connect(page.show_card)

    def _start_new(self) -> None:
        self.page.panel.open()
        self.page.start_new()
        self.page.form.begin()

    def _save(self) -> None:
        form = self.page.form
        if not form.is_dirty:
            return
        job = self.change(save_record, form.kind, form.texts(), is_new=form.card is None)
        job.succeeded.connect(self._saved)
        job.refused.connect(self._show_what_is_wrong)

    def _saved(self, remarks: tuple[str, ...]) -> None:
        page = self.page
        key = next(iter(page.form.texts().values())).strip()
        page.open(key)
        text = self.tr("{key} is saved.").format(key=key)
        self.banner.show_good(" ".join([text, *map(translated, remarks)]))

    def _show_what_is_wrong(self, error: AppError) -> None:
        if isinstance(error, BadForm):
            form = self.page.form
            form.show_problems(error.problems)
            name, text = next(iter(error.problems.items()))
            self.banner.show_bad(f"{form.label_of(name)}: {translated(text)}")

    def _ask_about_changes(self, key: str) -> None:
        self._after_leaving = key
        shown = self.page.form.key or self.tr("the new record")
        text = self.tr("The changes to {record} are not saved.").format(record=shown)
        self.confirm.ask(text, self.tr("Throw them away"), self._leave)

    def _leave(self) -> None:
        self.page.open(self._after_leaving)

    @override
    def keeps_open(self) -> bool:
        unsaved = next((page for page in self.pages if page.form.is_dirty), None)
        if unsaved is None:
            return False
        self.tabs.setCurrentWidget(unsaved)
        shown = unsaved.form.key or self.tr("the new record")
        text = self.tr("The changes to {record} are not saved.").format(record=shown)
        self.confirm.ask(text, self.tr("Close without saving"), self._close_unsaved)
        return True

    def _close_unsaved(self) -> None:
        self.page.form.is_dirty = False
        self.close_wanted.emit()

    def _show_state(self) -> None:
        form = self.page.form
        self.save.setEnabled(form.is_dirty)
        shown = form.key or form.title.text()
        unsaved = self.tr("not saved yet") if form.is_dirty else ""
        self.heading.show_line(self.tr("Catalogue"), shown, unsaved)

    # Barcodes and packs

    def _add_barcode(self, code: str, quantity: str) -> None:
        texts = {"item": self.items.form.key, "barcode": code, "quantity": quantity}
        self._add("barcodes", texts)

    def _add_pack(self, unit: str, holds: str, shared_by: str) -> None:
        texts = {"unit": unit, "numerator": holds, "denominator": shared_by}
        self._add("units", {"item": self.items.form.key, **texts})

    def _add(self, kind: str, texts: dict[str, str]) -> None:
        self.change(save_record, kind, texts, is_new=True).succeeded.connect(self._added)

    def _added(self, remarks: tuple[str, ...]) -> None:
        if self.items.packs:
            self.items.packs.clear_entry()
        if remarks:
            self.banner.show_ask(" ".join(map(translated, remarks)))

    def _ask_about_barcode(self, code: str) -> None:
        self._after_leaving = code
        text = self.tr("{code} will not be known any more when it is scanned.")
        self.confirm.ask(text.format(code=code), self.tr("Remove it"), self._remove_barcode)

    def _remove_barcode(self) -> None:
        self.change(remove_barcode, self._after_leaving)

    def _ask_about_pack(self, unit: str) -> None:
        self._after_leaving = unit
        text = self.tr("{item} cannot be counted in {unit} any more. What is booked stays.")
        text = text.format(item=self.items.form.key, unit=unit)
        self.confirm.ask(text, self.tr("Remove it"), self._remove_pack)

    def _remove_pack(self) -> None:
        self.change(remove_pack, self.items.form.key, self._after_leaving)

    def _offer_code(self, code: str) -> None:
        if self.page is not self.items or not self.items.form.key:
            text = self.tr("Nothing goes by {code}. Open the item it is on and scan it again.")
            self.scan_done(Effect(text.format(code=code), Tone.BAD))
            return
        self.items.propose_code(code)
        text = self.tr("Nothing goes by {code} yet.").format(code=code)
        assign = self.tr("Assign it to {item}").format(item=self.items.form.key)
        self.banner.show_ask(text, Mend(assign, self._assign))
        self.scan_done(Effect(self.tr("{code} unknown").format(code=code), Tone.ASK))

    def _assign(self) -> None:
        if self.items.packs:
            self._add_barcode(self.items.packs.code.text(), self.items.packs.code_quantity.text())

    def _open_by_scan(self, page: Page, key: str) -> None:
        if page.form.is_dirty:
            self._ask_about_changes(key)
            self.scan_done(Effect(self.tr("Save or throw away first"), Tone.BAD))
            return
        self.tabs.setCurrentWidget(page)
        page.open(key)
        self.scan_done(Effect(key))
