import pytest
from wine.windows_python import exported_names, forwarding

OLD = """
[Ordinal/Name Pointer] Table
\t[   0] PyAIter_Check
\t[   1] PyArg_Parse

The Function Table
"""
NEW = """
[Ordinal/Name Pointer] Table -- Ordinal Base 1
\t[   0] +base[   1]  0000 PyAIter_Check
\t[   1] +base[   2]  0001 PyArg_Parse
"""


@pytest.mark.parametrize("listing", [OLD, NEW])
def test_what_a_library_offers_is_read(listing):
    assert exported_names(f"[   3] Before\n{listing}") == ["PyAIter_Check", "PyArg_Parse"]


def test_every_name_is_handed_on():
    assert forwarding(["Py_Main"]).splitlines() == [
        "LIBRARY python3.dll",
        "EXPORTS",
        "Py_Main = python311.Py_Main",
    ]
