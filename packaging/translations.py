"""Gathers the texts of the program for translation, and makes what the program loads of them.

python packaging/translations.py update de    new texts into resources/translations/stockroom_de.ts
python packaging/translations.py release      a .qm beside every .ts
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
MARKED = "errors"
"""The context of texts that the core marks and the window translates."""

Text = tuple[str, str]
Helpers = dict[str, dict[str, str]]


def gather(root: Path = ROOT / "app") -> list[Text]:
    """Return every text of the program once, with its context, in order."""
    modules = {
        ".".join(path.relative_to(root.parent).with_suffix("").parts): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sorted(root.rglob("*.py"))
    }
    helpers = {name: dict(_helpers(module)) for name, module in modules.items()}
    found: dict[Text, None] = {}
    for module in modules.values():
        found |= dict.fromkeys(texts_of(module, helpers))
    return sorted(found)


def texts_of(module: ast.Module, elsewhere: Helpers | None = None) -> list[Text]:
    """Return the texts of a module: tr by its class, marked, and translate by its context.

    `elsewhere` tells which functions of other modules pass a text on to translate.
    """
    helpers = dict(_helpers(module)) | dict(_imported(module, elsewhere or {}))
    found = list(_texts(module, "", helpers))
    return list(dict.fromkeys(found))


def update(language: str, folder: Path = TRANSLATIONS, texts: list[Text] | None = None) -> int:
    """Bring a .ts up to date: known translations stay, texts that are gone go. Return the open."""
    file = folder / f"stockroom_{language}.ts"
    known = read(file)
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ElementTree.Element] = {}
    missing = 0
    for context, source in gather() if texts is None else texts:
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        message = ElementTree.SubElement(contexts[context], "message")
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get((context, source), "")
        if not translation.text:
            translation.set("type", "unfinished")
            missing += 1
    ElementTree.indent(root)
    folder.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    file.write_text(head + ElementTree.tostring(root, "unicode") + "\n", encoding="utf-8")
    return missing


def read(file: Path) -> dict[Text, str]:
    """Return the finished translations of a .ts; nothing if it is not there yet."""
    if not file.exists():
        return {}
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.findtext("translation") or ""
            if translation:
                name = context.findtext("name") or ""
                found[name, message.findtext("source") or ""] = translation
    return found


def release(folder: Path = TRANSLATIONS) -> list[Path]:
    """Make a .qm beside every .ts, by Qt's lrelease; untranslated texts stay as they are."""
    import PySide6  # noqa: PLC0415 -- only this needs it

    home = Path(PySide6.__file__).parent
    tool = next(home / name for name in ("lrelease", "lrelease.exe") if (home / name).exists())
    made = []
    for file in sorted(folder.glob("stockroom_*.ts")):
        target = file.with_suffix(".qm")
        subprocess.run([tool, "-silent", file, "-qm", target], check=True)
        made.append(target)
    return made


def _helpers(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Find functions that only pass a text on to translate: name and context."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.args.args:
            last = node.args.args[-1].arg
            for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
                context = _context(call)
                passed = call.args[1] if context and len(call.args) > 1 else None
                if isinstance(passed, ast.Name) and passed.id == last and context != MARKED:
                    yield node.name, context


def _imported(module: ast.Module, elsewhere: Helpers) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            known = elsewhere.get(node.module or "", {})
            for name in node.names:
                if name.name in known:
                    yield name.asname or name.name, known[name.name]


def _texts(node: ast.AST, owner: str, helpers: dict[str, str]) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        owner = node.name
    if isinstance(node, ast.Call):
        yield from _text(node, owner, helpers)
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, owner, helpers)


def _text(call: ast.Call, owner: str, helpers: dict[str, str]) -> Iterator[Text]:
    name = _name(call.func)
    place, context = 0, ""
    if name == "tr" and isinstance(call.func, ast.Attribute):
        context = owner
    elif name == "marked":
        context = MARKED
    elif name in helpers:
        context = helpers[name]
    elif _context(call):
        place, context = 1, _context(call)
    if context and len(call.args) > place:
        value = call.args[place]
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield context, value.value


def _context(call: ast.Call) -> str:
    """Return the context of a call of translate, or of tr as its short name; "" if of another."""
    is_short = isinstance(call.func, ast.Name) and call.func.id == "tr"
    if not (is_short or _name(call.func) == "translate") or not call.args:
        return ""
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return ""


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update", language]:
            print(f"{update(language)} texts are not translated yet.")
        case ["release"]:
            print(*release(), sep="\n")
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
