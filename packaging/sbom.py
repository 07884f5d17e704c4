"""The list of what is in the program, as CycloneDX JSON. Run by the Python that builds it.

python packaging/sbom.py SITE_PACKAGES LOCK VERSION MOMENT OUT
"""

import sys
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


def bill(site_packages: Path, lock: Path, version: str, moment: int) -> Bom:
    """Return the list: the program, and every library the lock names."""
    program = Component(
        type=ComponentType.APPLICATION,
        name="stockroom",
        version=version,
        bom_ref=f"stockroom@{version}",  # else it would be another one each time
    )
    found = Bom(serial_number=uuid5(NAMESPACE_URL, f"stockroom/{version}/{lock.name}/{moment}"))
    found.metadata.timestamp = datetime.fromtimestamp(moment, UTC)
    found.metadata.component = program
    parts = [component(one) for one in held(site_packages, locked_names(lock))]
    for part in parts:
        found.components.add(part)
    found.register_dependency(program, parts)
    return found


def main(words: list[str]) -> None:
    """Write the list."""
    site_packages, lock, version, moment, out = words
    found = bill(Path(site_packages), Path(lock), version, int(moment))
    text = JsonV1Dot6(found).output_as_string(indent=2)
    Path(out).write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
