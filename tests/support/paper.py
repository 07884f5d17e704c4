"""Prints a PDF on paper that never leaves memory, and holds a scanner to it."""

from pathlib import Path

import pypdfium2

from app.core.symbols import ReadCode
from app.features.labels.service import read_codes


def page_sizes(pdf: Path) -> list[tuple[float, float]]:
    """Return the size of each page in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    sizes = [tuple(side * 25.4 / 72 for side in page.get_size()) for page in document]
    document.close()
    return sizes


def scan_pdf(pdf: Path, dpi: float) -> list[list[ReadCode]]:
    """Return what a scanner reads on each page, printed so finely."""
    document = pypdfium2.PdfDocument(pdf)
    pages: list[list[ReadCode]] = []
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True)
        pixels = bytes(picture.buffer)
        rows = [
            pixels[at * picture.stride : at * picture.stride + picture.width]
            for at in range(picture.height)
        ]
        pages.append(list(read_codes(b"".join(rows), picture.width, picture.height)))
        picture.close()
        page.close()
    document.close()
    return pages


def texts_of(pdf: Path) -> list[str]:
    """Return the text of each page, as a person would copy it."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts
