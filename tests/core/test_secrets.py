import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.secrets import masked, without_secrets


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://kim:s3cret@host/stock",
        "postgresql+psycopg://kim:s3cret@host:5432/stock?sslmode=require",
        "postgresql://kim:a@s3cret@host/stock",
        "postgresql://kim:s3cret/with@host/stock",
        "postgresql://kim:two s3cret words@host/stock",
        "postgresql://:s3cret@host/stock",
        'database = "postgresql://kim:s3cret@host/stock"',
        "postgresql://kim@host/stock?password=s3cret&sslmode=require",
        "https://host/x?sslpassword=s3cret",
        "host=h user=kim password=s3cret dbname=stock",
        "host=h password='the s3cret words' dbname=stock",
        "{'host': 'h', 'password': 's3cret', 'user': 'kim'}",
        '{"password": "with \\" s3cret"}',
        "PGPASSWORD=s3cret",
        "Passwd: s3cret",
        'passphrase = "s3cret"',
        "token=s3cret",
        "postgresql://kim:a/b@c s3cret@host/stock",
        "db_password=s3cret",
        '{"db_password": "s3cret"}',
        "userPassword=s3cret",
        "user-password: s3cret",
        "password=a,s3cret",
        "password=a;s3cret",
        "password=a&s3cret",
        r"password=a\ s3cret dbname=stock",
        "password='never closed s3cret",
        'password = """two\ns3cret lines"""',
        r"{\"password\": \"the s3cret words\"}",
        "client_secret=s3cret",
        "access_key=s3cret",
        "private-key: s3cret",
        "Bearer s3cret",
        "Authorization: s3cret",
        "Authorization: Bearer s3cret",
        "authorization: Basic s3cret==",
        "{'Authorization': 'Basic s3cret=='}",
        "osslsigncode sign -pass s3cret -in a",
        "tool --db-password s3cret",
        "tool --token 's3cret words'",
    ],
)
def test_a_password_is_hidden_and_the_rest_is_left(text):
    told = masked(text)

    assert "s3cret" not in told
    assert "***" in told


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://host/stock",
        "postgresql://kim@host:5432/stock",
        "C:\\Users\\kim\\stock.db",
        "https://example.com:8443/updates/latest.json",
        "at 12:30 somebody@example.com wrote",
        "SELECT 1 FROM item WHERE sku = 'TEA'",
        "The password was not accepted, pass another.",
        "3 passed, 1 failed",
    ],
)
def test_what_is_no_password_stays(text):
    assert masked(text) == text


def test_who_and_where_can_still_be_read():
    told = masked("cannot reach postgresql://kim:s3cret@host:5432/stock now")

    assert told == "cannot reach postgresql://kim:***@host:5432/stock now"


@given(st.text(st.characters(exclude_characters="\n\r@", exclude_categories=["Cs"]), min_size=4))
def test_no_password_in_an_address_comes_through(secret):
    told = masked(f"postgresql://kim:«{secret}»@host/stock")

    assert f"«{secret}»" not in told
    assert told.endswith("@host/stock")


def test_tables_and_lists_are_searched_for_passwords_too():
    told = without_secrets(
        {"address": "postgresql://kim:s3cret@host/x", "db_password": "s3cret", "token": "", "n": 1}
        | {"in": [{"password": 5}, ("password=s3cret", None)]}
    )
    assert told == {
        "address": "postgresql://kim:***@host/x",
        "db_password": "***",
        "token": "",
        "n": 1,
        "in": [{"password": "***"}, ["password=***", None]],
    }
