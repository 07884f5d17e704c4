"""The words that files use: headings, yes and no, and the names of choices, in every language
we ship. The first word of each entry is the one our own files are written with.
"""

import re
import unicodedata

HEADINGS: dict[str, tuple[str, ...]] = {
    "active": ("active", "in use", "aktiv", "in gebrauch"),
    "abc": ("abc", "abc class", "abc-klasse", "abc-kennzeichen"),
    "allow_negative": ("allow_negative", "negative stock", "negativ erlaubt", "negativer bestand"),
    "barcode": ("barcode", "bar code", "gtin", "ean", "upc", "strichcode", "ean-code"),
    "category": ("category", "group", "item group", "kategorie", "warengruppe", "artikelgruppe"),
    "code": ("code", "number", "no.", "id", "nummer", "nr.", "kürzel"),
    "component": ("component", "part", "material", "komponente", "bauteil", "einzelteil"),
    "cost_per_lot": ("cost_per_lot", "lot costing", "kosten je charge", "chargenbewertung"),
    "costing": ("costing", "costing method", "bewertung", "bewertungsverfahren"),
    "customer": ("customer", "customer code", "kunde", "kundennummer"),
    "decimals": ("decimals", "decimal places", "nachkommastellen", "dezimalstellen"),
    "denominator": ("denominator", "nenner"),
    "due": ("due", "due date", "expected", "termin", "liefertermin", "fällig"),
    "item": ("item", "sku", "item number", "item code", "artikel", "artikelnummer", "artikelnr."),
    "kind": ("kind", "type", "art", "typ"),
    "lead_time_days": (
        "lead_time_days",
        "lead time",
        "wiederbeschaffungszeit",
        "lieferzeit",
        "lieferzeit in tagen",
    ),
    "minimum": (
        "minimum",
        "minimum order",
        "minimum quantity",
        "mindestmenge",
        "mindestbestellmenge",
    ),
    "name": ("name", "description", "item name", "bezeichnung", "benennung", "artikelbezeichnung"),
    "numerator": ("numerator", "zähler"),
    "order": ("order", "order number", "purchase order", "bestellung", "bestellnummer", "auftrag"),
    "pack": ("pack", "pack size", "multiple", "verpackungseinheit", "packung", "losgröße"),
    "path": ("path", "location", "location path", "pfad", "lagerort", "lagerplatz"),
    "price": ("price", "unit price", "preis", "einzelpreis", "stückpreis"),
    "product": (
        "product",
        "assembly",
        "finished product",
        "produkt",
        "erzeugnis",
        "baugruppe",
        "fertigerzeugnis",
    ),
    "quantity": ("quantity", "qty", "menge", "anzahl"),
    "removal": ("removal", "removal strategy", "entnahme", "entnahmestrategie"),
    "shelf_life_days": (
        "shelf_life_days",
        "shelf life",
        "haltbarkeit",
        "haltbarkeit in tagen",
        "haltbarkeitstage",
    ),
    "site": ("site", "warehouse", "standort", "werk", "lager"),
    "sku": ("sku", "item", "item number", "item code", "artikel", "artikelnummer", "artikelnr."),
    "standard_cost": ("standard_cost", "standardkosten", "standardpreis", "verrechnungspreis"),
    "supplier": ("supplier", "supplier code", "vendor", "lieferant", "lieferantennummer"),
    "tracking": ("tracking", "tracked by", "rückverfolgung", "nachverfolgung", "verfolgung"),
    "unit": ("unit", "unit of measure", "uom", "einheit", "mengeneinheit", "basiseinheit", "me"),
    "walk_order": ("walk_order", "walking order", "laufweg", "wegfolge", "reihenfolge"),
    "weight": ("weight", "gewicht"),
}

PROBLEM_HEADING = "problem"
"""The column that we add to rows given back for mending; read again, it says nothing."""

YES = frozenset({"yes", "y", "true", "1", "x", "on", "ja", "j", "wahr", "w"})
NO = frozenset({"", "no", "n", "false", "0", "off", "nein", "falsch", "f"})

CHOICES: dict[str, tuple[str, ...]] = {
    "none": ("none", "no", "keine", "kein", "nein", "ohne"),
    "lot": ("lot", "batch", "charge", "los"),
    "serial": ("serial", "serial number", "seriennummer", "serie"),
    "fifo": ("fifo", "first in first out"),
    "lifo": ("lifo", "last in first out"),
    "fefo": ("fefo", "first expired first out"),
    "path": ("path", "walking order", "weg", "laufweg", "pfad"),
    "average": ("average", "moving average", "durchschnitt", "gleitender durchschnitt"),
    "standard": ("standard", "standard cost", "standardkosten", "standardpreis"),
    "site": ("site", "warehouse", "distribution centre", "store", "standort", "filiale", "werk"),
    "storage": ("storage", "bin", "shelf", "zone", "lager", "lagerplatz", "regal", "fach"),
    "dock": ("dock", "rampe", "tor", "wareneingang"),
    "quarantine": ("quarantine", "quarantäne", "sperrlager", "sperrbestand"),
    "transit": ("transit", "in transit", "unterwegs"),
    "supplier": ("supplier", "vendor", "lieferant"),
    "customer": ("customer", "kunde"),
    "production": ("production", "produktion", "fertigung"),
    "loss": ("loss", "verlust", "schwund"),
    "opening": ("opening", "opening balance", "anfangsbestand", "eröffnung"),
}

_BETWEEN_WORDS = re.compile(r"[\s_.\-/()]+")


def folded(word: str) -> str:
    """Return a word as it is compared: case, spaces and marks between words do not matter."""
    return _BETWEEN_WORDS.sub("", unicodedata.normalize("NFKC", word).casefold())


def choice_named(word: str, choices: tuple[str, ...]) -> str | None:
    """Return which of these choices the word means, in any language."""
    wanted = folded(word)
    for choice in choices:
        if wanted in map(folded, CHOICES[choice]):
            return choice
    return None


def field_named(heading: str, fields: tuple[str, ...]) -> str | None:
    """Return which of these fields a column's heading means, in any language.

    A field's own name wins over another field's synonym for it.
    """
    wanted = folded(heading)
    named = [field for field in fields if folded(field) == wanted]
    meant = [field for field in fields if wanted in map(folded, HEADINGS[field])]
    return next(iter(named + meant), None)
