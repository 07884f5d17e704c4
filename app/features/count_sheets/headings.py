"""The headings that a count sheet's columns may have, in every language a sheet may come in."""

KEY = "key"
ITEM = "item"
NAME = "name"
BARCODE = "barcode"
LOCATION = "location"
LOT = "lot"
UNIT = "unit"
EXPECTED = "expected"
COUNTED = "counted"
NOTE = "note"
COUNTER = "counter"

TITLES = {
    KEY: "Key",
    ITEM: "SKU",
    NAME: "Name",
    BARCODE: "Barcode",
    LOCATION: "Location",
    LOT: "Lot",
    UNIT: "Unit",
    EXPECTED: "Expected",
    COUNTED: "Counted",
    NOTE: "Note",
    COUNTER: "Counter",
}
"""The headings of the workbooks we send out."""

NAMES: dict[str, tuple[str, ...]] = {
    KEY: ("Row key", "Zeilenschlüssel", "Clé", "Clave", "Chiave", "Sleutel", "Klucz"),
    ITEM: (
        *("SKU", "Item code", "Item number", "Item no", "Article", "Article number", "Part number"),
        *("Product", "Product code", "Artikel", "Artikelnummer", "Artikel-Nr", "Art.-Nr.", "ArtNr"),
        *("Référence", "Code article", "Artículo", "Código", "Referencia", "Articolo", "Codice"),
        *("Codice articolo", "Artikelcode", "Indeks", "Towar", "Artigo", "Referência"),
    ),
    NAME: (
        *("Description", "Item name", "Bezeichnung", "Beschreibung", "Artikelbezeichnung"),
        *("Désignation", "Descripción", "Nombre", "Descrizione", "Omschrijving", "Nazwa"),
        *("Descrição", "Nome"),
    ),
    BARCODE: (
        *("Bar code", "EAN", "GTIN", "UPC", "Strichcode", "Code-barres", "Código de barras"),
        *("Codice a barre", "Streepjescode", "Kod kreskowy"),
    ),
    LOCATION: (
        *(
            "Bin",
            "Bin location",
            "Shelf",
            "Place",
            "Lagerplatz",
            "Lagerort",
            "Platz",
            "Ort",
            "Fach",
        ),
        *("Emplacement", "Ubicación", "Ubicazione", "Locatie", "Lokalizacja", "Localização"),
    ),
    LOT: (
        *("Lot number", "Batch", "Batch number", "Serial", "Serial number", "Lot/Serial"),
        *("Charge", "Chargennummer", "Los", "Seriennummer", "Numéro de lot", "Lote", "Lotto"),
        *("Partij", "Partia", "N° de lot"),
    ),
    UNIT: (
        *("UoM", "Unit of measure", "Einheit", "ME", "Mengeneinheit", "Unité", "Unidad", "Unità"),
        *("Eenheid", "Jednostka", "Unidade"),
    ),
    EXPECTED: (
        *("Expected quantity", "Book", "System", "On hand", "Soll", "Sollmenge", "Sollbestand"),
        *("Erwartet", "Buchbestand", "Attendu", "Esperado", "Atteso", "Previsto", "Verwacht"),
        *("Oczekiwane", "Théorique", "Teórico"),
    ),
    COUNTED: (
        *("Count", "Counted quantity", "Counted qty", "Quantity counted", "Qty counted"),
        *("Physical count", "Actual", "Gezählt", "Gezählte Menge", "Menge gezählt", "Ist"),
        *("Istmenge", "Istbestand", "Zählmenge", "Zählung", "Gezaehlt", "Compté"),
        *("Quantité comptée", "Contado", "Cantidad contada", "Contato", "Quantità contata"),
        *("Geteld", "Policzono", "Ilość policzona", "Quantidade contada"),
    ),
    NOTE: (
        *("Notes", "Remark", "Remarks", "Comment", "Bemerkung", "Notiz", "Anmerkung", "Remarque"),
        *("Nota", "Observación", "Opmerking", "Uwaga", "Observação"),
    ),
    COUNTER: (
        *("Counted by", "Gezählt von", "Zähler", "Compté par", "Contado por", "Contato da"),
        *("Geteld door", "Policzył"),
    ),
}
"""Blanks, case and marks between the words do not matter."""
