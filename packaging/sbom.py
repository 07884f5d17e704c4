"""The list of what is in the program, as CycloneDX JSON. Run by the Python that builds it.

python packaging/sbom.py SITE_PACKAGES LOCK CONTENTS VERSION MOMENT OUT
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from licences import held
from lock import locked_names, normal
from packageurl import PackageURL
from parts import Part, built_in, grafted, parts_of


@dataclass(frozen=True)
class Sources:
    """Where the program's libraries lie, the lock that names them, and the bundle's own folder."""

    site_packages: Path
    lock: Path
    contents: Path


def component(distribution: Distribution) -> Component:
    """Return a library as CycloneDX names it."""
    name, version = normal(distribution.name), distribution.version
    url = PackageURL("pypi", name=name, version=version)
    said = distribution.metadata["License-Expression"] or distribution.metadata["License"] or ""
    return Component(
        type=ComponentType.LIBRARY,
        name=name,
        version=version,
        purl=url,
        bom_ref=str(url),
        licenses=[LicenseFactory().make_from_string(said)] if said else [],
    )


def component_of(part: Part, ref: str) -> Component:
    """Return what else is in the program as CycloneDX names it."""
    return Component(
        type=ComponentType.LIBRARY,
        name=part.name,
        version=part.version or None,
        purl=PackageURL.from_string(part.url) if part.url else None,
        bom_ref=ref,
        licenses=[LicenseFactory().make_from_string(part.licence)] if part.licence else [],
    )


def bill(sources: Sources, version: str, moment: int) -> Bom:
    """Return the list: the program, every library the lock names, and what else it holds."""
    lock = sources.lock
    program = Component(
        type=ComponentType.APPLICATION,
        name="stockroom",
        version=version,
        bom_ref=f"stockroom@{version}",  # else it would be another one each time
    )
    found = Bom(serial_number=uuid5(NAMESPACE_URL, f"stockroom/{version}/{lock.name}/{moment}"))
    found.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    found.metadata.component = program
    libraries = held(sources.site_packages, locked_names(lock))
    needs = {one: [*grafted(one), *built_in(one)] for one in libraries}
    own = [_listed(found, part) for part in parts_of(sources.contents, lock.stem)]
    for one, within in needs.items():
        library = component(one)
        found.components.add(library)
        found.register_dependency(library, [_listed(found, part) for part in within])
        own.append(library)
    found.register_dependency(program, own)
    return found


def _listed(bom: Bom, part: Part) -> Component:
    made = component_of(part, part.url or f"{part.name}@{part.version}")
    bom.components.add(made)
    return made


def main(words: list[str]) -> None:
    """Write the list."""
    site_packages, lock, contents, version, moment, out = words
    sources = Sources(Path(site_packages), Path(lock), Path(contents))
    text = JsonV1Dot6(bill(sources, version, int(moment))).output_as_string(indent=2)
    Path(out).write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
