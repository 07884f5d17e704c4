"""The MSI for group policy: per machine, from the same folder as the installer.

Compiled by wixl on Linux, by candle and light of WiX 3 on Windows (found by the variable WIX). What
is done for those two, and for the rules that light checks, follows their documentation: that way
has not been run yet. The few texts are in English.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid5
from xml.sax.saxutils import quoteattr

from msi_summary import settle
from nsis import Bundle, files_below, four_numbers
from told import CannotGoOn, timed

UPGRADE_CODE = UUID("0d9f1f5e-6b0e-4c0c-9a53-5e6d6b7a0c11")
"""Never to be changed: by it every later version finds, and removes, an older one."""

STOP_IF_IN_USE = "/c " + " && ".join(
    f'(if exist "{program}" (type nul >> "{program}" || exit 1))'
    for program in ("[INSTALLDIR]stockroom.exe", "[INSTALLDIR]stockroom-console.exe")
)
"""Fails while somebody runs the program: Windows lets nobody write to a program that runs.

Nothing is written. It is done before anything is changed, by what is installed and by what takes
its place; that Windows would close the program itself, unasked, is turned off. wixl orders actions
wrongly, so that they have numbers; InstallExecute is what makes the check happen where it stands.
"""

HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
<Product Id="{product}" Name="Stockroom" Language="1033" Version="{version}"
 Manufacturer="Stockroom" UpgradeCode="{upgrade}">
<Package InstallerVersion="500" Compressed="yes" Description="Stockroom {version}"/>
<Property Id="ALLUSERS" Value="1"/>
<Property Id="ARPPRODUCTICON" Value="stockroom.ico"/>
<Property Id="MSIRESTARTMANAGERCONTROL" Value="DisableShutdown"/>
<Upgrade Id="{upgrade}">
<UpgradeVersion Property="OLDER" Minimum="0.0.0" Maximum="{next}"/>
<UpgradeVersion Property="NEWER" Minimum="{version}" IncludeMinimum="no" OnlyDetect="yes"/>
</Upgrade>
<Condition Message="A newer version is installed.">Installed OR NOT NEWER</Condition>
<CustomAction Id="FindShell" Property="SHELL" Value="[System64Folder]cmd.exe" Execute="immediate"
 Impersonate="yes"/>
<CustomAction Id="StopIfInUse" Property="SHELL" ExeCommand={check} Execute="deferred"
 Impersonate="no" Return="check"/>
<InstallExecuteSequence>
<Custom Action="FindShell" Sequence="1410">Installed OR OLDER</Custom>
<Custom Action="StopIfInUse" Sequence="1510">Installed OR OLDER</Custom>
<InstallExecute Sequence="1515">Installed OR OLDER</InstallExecute>
<RemoveExistingProducts Sequence="1520"/>
</InstallExecuteSequence>
<Media Id="1" Cabinet="stockroom.cab" EmbedCab="yes"/>
<Icon Id="stockroom.ico" SourceFile={icon}/>
<Directory Id="TARGETDIR" Name="SourceDir">
<Directory Id="ProgramMenuFolder"/>
<Directory Id="ProgramFiles64Folder"><Directory Id="INSTALLDIR" Name="Stockroom">
"""

MIDDLE = """\
</Directory></Directory></Directory>
<DirectoryRef Id="ProgramMenuFolder">
<Component Id="Menu" Guid="{menu}" Win64="yes">
<Shortcut Id="Shortcut" Name="Stockroom" Target="[INSTALLDIR]stockroom.exe"
 WorkingDirectory="INSTALLDIR" Icon="stockroom.ico"/>
<RegistryValue Root="HKCU" Key="Software\\Stockroom" Name="Menu" Type="integer" Value="1"
 KeyPath="yes"/>
</Component></DirectoryRef>
<Feature Id="Everything" Level="1" Title="Stockroom">
<ComponentRef Id="Menu"/>
"""

TAIL = "</Feature></Product></Wix>\n"


def source_of(bundle: Bundle, icon: Path, work: Path) -> str:
    """Return the WiX source of a bundle's MSI; the same bundle gives the same codes.

    Its paths are as seen from `work`: wixl takes no others.
    """
    icon, root = (Path(os.path.relpath(path, work)) for path in (icon, bundle.folder))
    names = files_below(bundle.folder)
    major, minor, patch, _ = map(int, four_numbers(bundle.version).split("."))
    head = HEAD.format(
        product=product_code(bundle),
        version=f"{major}.{minor}.{patch}",
        next=f"{major}.{minor}.{patch + 1}",  # so that another build of the same version goes too
        upgrade=str(UPGRADE_CODE).upper(),
        icon=quoteattr(str(icon)),
        check=quoteattr(STOP_IF_IN_USE),
    )
    parts = [f'<ComponentRef Id="{_id("c", name)}"/>\n' for name in names]
    middle = MIDDLE.format(menu=_code("shortcut"))
    return head + _tree(root, names, PurePosixPath()) + middle + "".join(parts) + TAIL


def compile_msi(bundle: Bundle, out: Path, work: Path, *, icon: Path, moment: int) -> None:
    """Make the MSI of a finished Windows bundle; `work` is scratch."""
    work.mkdir(parents=True, exist_ok=True)
    source = work / "stockroom.wxs"
    source.write_text(source_of(bundle, icon, work), "utf-8")
    settings = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    with timed(f"Making {out.name}"):
        for words in commands(source, out, os.environ):
            done = subprocess.run(
                words, check=False, env=settings, cwd=work, capture_output=True, text=True
            )
            if done.returncode:
                raise CannotGoOn(f"{words[0]} could not make it:\n{done.stdout}{done.stderr}")
        settle(out, f"{{{_code(bundle.contents, 'package')}}}", moment)


def product_code(bundle: Bundle) -> str:
    """Return what Windows knows the product of this build by."""
    return _code(bundle.contents, "product")


def commands(source: Path, out: Path, variables: Mapping[str, str]) -> list[list[str]]:
    """Return how to compile it with what is here."""
    if wixl := shutil.which("wixl"):
        return [[wixl, "-a", "x64", "-o", str(out), str(source)]]
    if wix := variables.get("WIX"):
        tools = Path(wix, "bin")
        middle = source.with_suffix(".wixobj")
        quiet = ["-nologo", "-sw1076"]
        # ICE63 wants nothing before the older one is removed: the question whether it runs is.
        validation = ["-sval"] if sys.platform != "win32" else ["-sice:ICE63"]
        return [
            [str(tools / "candle.exe"), *quiet, "-arch", "x64", "-out", str(middle), str(source)],
            [str(tools / "light.exe"), *quiet, *validation, "-out", str(out), str(middle)],
        ]
    raise CannotGoOn("The MSI needs wixl (Debian's package wixl) or WiX 3 (the variable WIX).")


def _tree(root: Path, names: list[PurePosixPath], folder: PurePosixPath) -> str:
    below = [name for name in names if folder in name.parents]
    here = [_component(root, name) for name in below if name.parent == folder]
    depth = len(folder.parts)
    folders = sorted({PurePosixPath(*x.parts[: depth + 1]) for x in below if x.parent != folder})
    inner = [
        f'<Directory Id="{_id("d", one)}" Name={quoteattr(one.name)}>\n'
        f"{_tree(root, below, one)}</Directory>\n"
        for one in folders
    ]
    return "".join([*here, *inner])


def _component(root: Path, name: PurePosixPath) -> str:
    return (
        f'<Component Id="{_id("c", name)}" Guid="{_code(str(name))}" Win64="yes">'
        f'<File Id="{_id("f", name)}" Name={quoteattr(name.name)} KeyPath="yes"'
        f" Source={quoteattr(str(root / name))}/></Component>\n"
    )


def _code(*words: str) -> str:
    return str(uuid5(UPGRADE_CODE, "/".join(words))).upper()


def _id(kind: str, name: PurePosixPath) -> str:
    return f"{kind}{uuid5(UPGRADE_CODE, str(name)).hex}"
