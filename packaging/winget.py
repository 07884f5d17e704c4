"""Writes the manifests for winget from the artefacts of a release, with their true sums.

python packaging/winget.py VERSION ADDRESS-OF-THE-FILES FOLDER-OF-THE-ARTEFACTS OUT
"""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archives import sha256
from environment import ROOT
from names import SETUP

IDENTIFIER = "Stockroom.Stockroom"
SCHEMA = "1.6.0"

VERSION_FILE = """\
PackageIdentifier: {identifier}
PackageVersion: {version}
DefaultLocale: en-US
ManifestType: version
ManifestVersion: {schema}
"""

INSTALLER_FILE = """\
PackageIdentifier: {identifier}
PackageVersion: {version}
MinimumOSVersion: 10.0.17763.0
UpgradeBehavior: install
InstallModes: [interactive, silent]
ProductCode: Stockroom
ExpectedReturnCodes:
  - InstallerReturnCode: 1
    ReturnResponse: cancelledByUser
  - InstallerReturnCode: 3
    ReturnResponse: systemNotSupported
  - InstallerReturnCode: 4
    ReturnResponse: blockedByPolicy
  - InstallerReturnCode: 5
    ReturnResponse: packageInUse
  - InstallerReturnCode: 6
    ReturnResponse: downgrade
Installers:
  - Architecture: x64
    InstallerType: nullsoft
    Scope: user
    InstallerUrl: {address}/{setup}
    InstallerSha256: {sum}
    InstallerSwitches:
      Custom: /CurrentUser
  - Architecture: x64
    InstallerType: nullsoft
    Scope: machine
    InstallerUrl: {address}/{setup}
    InstallerSha256: {sum}
    ElevationRequirement: elevationRequired
    InstallerSwitches:
      Custom: /AllUsers
ManifestType: installer
ManifestVersion: {schema}
"""

LOCALE_FILE = """\
PackageIdentifier: {identifier}
PackageVersion: {version}
PackageLocale: en-US
Publisher: Stockroom
PackageName: Stockroom
License: {licence}
ShortDescription: Stock-keeping with a barcode scanner, on one PC or several.
ManifestType: defaultLocale
ManifestVersion: {schema}
"""

FILES = {"": VERSION_FILE, ".installer": INSTALLER_FILE, ".locale.en-US": LOCALE_FILE}


def write_manifests(version: str, address: str, artefacts: Path, out: Path) -> list[Path]:
    """Write the three manifests of a version whose installer lies among the artefacts."""
    setup = artefacts / SETUP.format(version=version)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = {
        "identifier": IDENTIFIER,
        "version": version,
        "address": address.rstrip("/"),
        "setup": setup.name,
        "sum": sha256(setup).upper(),
        "licence": licence(project),
        "schema": SCHEMA,
    }
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for suffix, text in FILES.items():
        path = out / f"{IDENTIFIER}{suffix}.yaml"
        path.write_text(text.format(**told), "utf-8", newline="\n")
        written.append(path)
    return written


def licence(project: Mapping[str, Any]) -> str:
    """Return the licence that pyproject.toml names. Where it names none, all rights are kept."""
    stated = project.get("license", "")
    text = stated.get("text", "") if isinstance(stated, Mapping) else stated
    return str(text) or "Proprietary"


if __name__ == "__main__":
    number, where, source, target = sys.argv[1:]
    write_manifests(number, where, Path(source), Path(target))
