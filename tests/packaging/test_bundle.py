from bundle import bare_environment


def test_the_bundle_is_tried_with_another_home_and_no_path(tmp_path):
    found = bare_environment(tmp_path, {"PATH": "/usr/bin", "PYTHONPATH": "x", "HOME": "/home/me"})

    assert found["HOME"] == str(tmp_path)
    assert not {"PATH", "PYTHONPATH"} & set(found)
    assert found["WIN_PD_OVERRIDE_LOCAL_APPDATA"] == str(tmp_path)


def test_what_windows_cannot_do_without_stays(tmp_path):
    assert bare_environment(tmp_path, {"SYSTEMROOT": "C:\\Windows"})["SYSTEMROOT"] == "C:\\Windows"
