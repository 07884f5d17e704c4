import pytest

from app.companies import (
    AlreadyThere,
    NoSuchCompany,
    NothingThere,
    open_chosen,
    open_company,
)
from app.core.companies import Kind, Wanted
from app.core.folders import FolderRefused
from app.db.address import CompanyGone
from app.settings import sample_database


def test_a_new_company_is_made_where_nothing_is_yet(tmp_path):
    wanted = Wanted(Kind.NEW, str(tmp_path / "Zoë Müller 北" / "stock.db"))
    open_company(wanted).close()

    with pytest.raises(AlreadyThere):
        open_company(wanted)
    open_company(Wanted(Kind.FILE, wanted.where)).close()


def test_what_is_in_the_way_is_told(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(FolderRefused):
        open_company(Wanted(Kind.NEW, str(tmp_path / "file" / "deep" / "stock.db")))
    with pytest.raises(NoSuchCompany):
        open_company(Wanted(Kind.FILE, str(tmp_path / "gone.db")))


def test_a_sample_that_was_cut_short_leaves_nothing(home):
    building = open_company(Wanted(Kind.SAMPLE))
    next(building)
    building.close()

    assert list(sample_database().parent.iterdir()) == []


def test_an_empty_database_of_a_server_is_not_begun_unasked(postgres):
    name = postgres.make()
    wanted = Wanted(Kind.SERVER, postgres.url(name))

    with pytest.raises(NothingThere):
        open_company(wanted)
    open_company(Wanted(Kind.SERVER, wanted.where, may_begin=True)).close()
    open_company(wanted).close()
    postgres.drop(name)


def test_a_chosen_file_that_is_gone_is_not_made_anew(tmp_path):
    file = tmp_path / "stock.db"
    with pytest.raises(CompanyGone, match=r"stock\.db is gone"):
        open_chosen(str(file))
    assert not file.exists()

    open_company(Wanted(Kind.NEW, str(file))).close()
    open_chosen(str(file)).close()


def test_a_chosen_database_that_was_emptied_is_not_begun_again(postgres):
    name = postgres.make()

    with pytest.raises(NothingThere):
        open_chosen(postgres.url(name))
    postgres.drop(name)
