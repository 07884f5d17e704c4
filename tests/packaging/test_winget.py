"""The manifests say what winget's schema 1.6.0 allows, and what the installer does."""

import re

import pytest
from archives import sha256
from nsis import SCRIPT
from winget import INSTALLER_FILE, licence, write_manifests

KNOWN_RESPONSES = {
    *("packageInUse", "packageInUseByApplication", "installInProgress", "fileInUse"),
    *("missingDependency", "diskFull", "insufficientMemory", "invalidParameter", "noNetwork"),
    *("contactSupport", "rebootRequiredToFinish", "rebootRequiredForInstall", "rebootInitiated"),
    *("cancelledByUser", "alreadyInstalled", "downgrade", "blockedByPolicy"),
    *("systemNotSupported", "custom"),
}
"""What winget can tell a person about the code that an installer ended with."""


def test_the_manifests_name_the_installer_by_its_true_sum(tmp_path):
    setup = tmp_path / "Stockroom-1.2.3-windows-x64-setup.exe"
    setup.write_bytes(b"MZ installer")

    written = write_manifests("1.2.3", "https://example.org/v1.2.3/", tmp_path, tmp_path / "out")

    texts = {path.name: path.read_text("utf-8") for path in written}
    installer = texts["Stockroom.Stockroom.installer.yaml"]
    assert set(re.findall("InstallerSha256: (.*)", installer)) == {sha256(setup).upper()}
    assert f"InstallerUrl: https://example.org/v1.2.3/{setup.name}" in installer
    assert re.findall("Scope: (.*)", installer) == ["user", "machine"]
    assert all("PackageVersion: 1.2.3\n" in text for text in texts.values())
    assert not [text for text in texts.values() if "{" in text]


def test_winget_knows_the_installer_by_the_name_that_it_registers():
    (code,) = re.findall("ProductCode: (.*)", INSTALLER_FILE)
    script = SCRIPT.read_text("utf-8")
    (key,) = re.findall('define UNINSTALL_KEY ".*Uninstall.(.*)"', script)
    (name,) = re.findall('define APP "(.*)"', script)
    assert key.replace("${APP}", name) == code


def test_every_code_that_winget_is_told_of_is_a_failure_that_it_can_explain():
    codes = [int(code) for code in re.findall("InstallerReturnCode: (.*)", INSTALLER_FILE)]
    responses = re.findall("ReturnResponse: (.*)", INSTALLER_FILE)

    assert "InstallerSuccessCodes" not in INSTALLER_FILE  # for others than 0 alone
    assert codes == [1, 3, 4, 5, 6]
    assert set(responses) <= KNOWN_RESPONSES
    told = SCRIPT.read_text("utf-8").partition("It ends with: ")[2].partition("Unicode")[0]
    assert all(f"{code} " in told for code in codes)


@pytest.mark.parametrize(
    ("project", "told"),
    [
        ({"license": "GPL-3.0-or-later"}, "GPL-3.0-or-later"),
        ({"license": {"text": "MIT"}}, "MIT"),
        ({"license": {"file": "LICENSE"}}, "Proprietary"),
        ({}, "Proprietary"),
    ],
)
def test_the_licence_is_the_projects_and_whoever_names_none_keeps_all_rights(project, told):
    assert licence(project) == told


def test_the_licence_stands_in_the_manifest(tmp_path):
    (tmp_path / "Stockroom-1.2.3-windows-x64-setup.exe").write_bytes(b"MZ")
    *_others, locale = write_manifests("1.2.3", "https://example.org", tmp_path, tmp_path / "out")

    (found,) = re.findall("^License: (.*)$", locale.read_text("utf-8"), re.MULTILINE)
    assert re.fullmatch(r"[\w.+() -]{3,512}", found)
    assert "See " not in found
