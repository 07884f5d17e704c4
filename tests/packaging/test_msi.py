import re
import shutil
from xml.etree import ElementTree

import pytest
from msi import STOP_IF_IN_USE as CHECK
from msi import UPGRADE_CODE, commands, compile_msi, source_of
from nsis import ICON, Bundle
from told import CannotGoOn

WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def source(bundle, work):
    return ElementTree.fromstring(source_of(bundle, work / "stockroom.ico", work).encode())


def test_every_file_is_installed_once_in_the_folder_it_lies_in(dummy, tmp_path):
    found = source(dummy, tmp_path)

    names = [file.get("Name") for file in found.iter(f"{WIX}File")]
    assert sorted(names) == [
        *("Qt6Core.dll", "base.zip", "stockroom-console.exe", "stockroom.exe"),
    ]
    components = [one.get("Id") for one in found.iter(f"{WIX}Component")]
    assert sorted(components) == sorted(one.get("Id") for one in found.iter(f"{WIX}ComponentRef"))
    (folder,) = (one for one in found.iter(f"{WIX}Directory") if one.get("Name") == "PySide6")
    assert [file.get("Name") for file in folder.iter(f"{WIX}File")] == ["Qt6Core.dll"]


def test_it_is_for_all_users_and_takes_the_place_of_an_older_one(dummy, tmp_path):
    found = source(dummy, tmp_path)

    said = {one.get("Id"): one.get("Value") for one in found.iter(f"{WIX}Property")}
    assert said["ALLUSERS"] == "1"
    assert found.find(f"{WIX}Product").get("UpgradeCode") == str(UPGRADE_CODE).upper()
    older, newer = found.iter(f"{WIX}UpgradeVersion")
    assert (older.get("Maximum"), older.get("OnlyDetect")) == ("0.0.1", None)
    assert (newer.get("Minimum"), newer.get("OnlyDetect")) == ("0.0.0", "yes")


def test_before_anything_changes_it_is_asked_whether_the_program_runs(dummy, tmp_path):
    """And within what Windows rolls back: if the new one fails, the old one is there again."""
    found = source(dummy, tmp_path).find(f"{WIX}Product/{WIX}InstallExecuteSequence")

    order = [one.get("Action") or one.tag.removeprefix(WIX) for one in sorted(found, key=place)]
    assert order == ["FindShell", "StopIfInUse", "InstallExecute", "RemoveExistingProducts"]
    assert 1500 < place(found[1]) < place(found[3]) < 1600  # InstallInitialize, ProcessComponents
    assert {"stockroom.exe", "stockroom-console.exe"} <= set(re.findall(r"[\w-]+\.exe", CHECK))


def test_the_shortcut_is_known_by_a_key_of_the_user_as_windows_wants_it(dummy, tmp_path):
    """A component with a shortcut that is not advertised has a key under HKCU and no file (ICE38,
    ICE43), and nothing for the machine in it (ICE57)."""
    found = source(dummy, tmp_path)

    (menu,) = (
        one for one in found.iter(f"{WIX}Component") if one.find(f"{WIX}Shortcut") is not None
    )
    assert [child.tag.removeprefix(WIX) for child in menu] == ["Shortcut", "RegistryValue"]
    key = menu.find(f"{WIX}RegistryValue")
    assert (key.get("Root"), key.get("KeyPath")) == ("HKCU", "yes")


def place(action):
    return int(action.get("Sequence"))


def test_another_build_is_another_product_and_the_same_build_the_same(dummy, tmp_path):
    def code():
        return source(dummy, tmp_path).find(f"{WIX}Product").get("Id")

    before = code()
    assert code() == before
    contents = dummy.folder / dummy.contents
    contents.rename(contents.with_name("program-0.0.1-other"))
    assert code() != before


def test_without_a_tool_it_is_told_which_one_is_needed(dummy, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    with pytest.raises(CannotGoOn, match="wixl"):
        commands(tmp_path / "a.wxs", tmp_path / "a.msi", {})
    candle, light = commands(tmp_path / "a.wxs", tmp_path / "a.msi", {"WIX": "wix"})
    assert candle[0].endswith("candle.exe")
    assert light[-1].endswith("a.wixobj")


@pytest.mark.needs("wixl")
def test_the_same_bundle_gives_the_same_msi(dummy, tmp_path):
    made = []
    for name in ("first.msi", "second.msi"):
        bundle = Bundle(dummy.folder, "1.2.3")
        compile_msi(bundle, tmp_path / name, tmp_path / "w", icon=ICON, moment=1_700_000_000)
        made.append((tmp_path / name).read_bytes())

    assert made[0] == made[1]
