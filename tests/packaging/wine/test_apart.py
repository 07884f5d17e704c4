import os

import pytest
from told import CannotGoOn
from wine.apart import check_rights


def test_who_is_not_root_is_told_so_at_once():
    if os.geteuid():
        with pytest.raises(CannotGoOn, match="root"):
            check_rights()
        return
    os.seteuid(65534)
    try:
        with pytest.raises(CannotGoOn, match="root"):
            check_rights()
    finally:
        os.seteuid(0)
