import re

from archives import sha256
from nsis import SCRIPT
from winget import INSTALLER_FILE, write_manifests


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
