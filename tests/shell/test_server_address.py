import pytest

from app.shell.server_address import ServerAddress, read_server


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kim@server:5433/stock?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgresql://k%40x@server:5432/my%20stock",
        "postgresql://kim@[::1]:5432/stock",
        "postgresql://kim@/stock?host=/run/postgresql&port=5433",
    ],
)
def test_an_url_is_the_same_after_it_was_in_parts(url):
    assert read_server(url).url() == url


@pytest.mark.parametrize("text", ["server", "/srv/stock.db", "http://server/x", "postgresql://[::"])
def test_what_is_no_url_of_a_server_is_none(text):
    assert read_server(text) is None


def test_no_password_gets_into_the_url():
    url = "postgresql://kim:one@server/stock?password=two&sslpassword=three&sslmode=require"
    parts = read_server(url)

    assert parts.password == "one"
    assert parts.url() == "postgresql://kim@server:5432/stock?sslmode=require"
    typed = ServerAddress("server", database="stock", options="password=two&sslmode=prefer")
    assert typed.url() == "postgresql://server:5432/stock?sslmode=prefer"
