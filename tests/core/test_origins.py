import pytest

from wall.core.origins import MOST_ORIGINS, parse_origins
from wall.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("HTTPS://WWW.Example.org/", "https://www.example.org"),
        ("https://example.org/programme?day=1#top", "https://example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://*.example.org", "https://*.example.org"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_site_is_kept_as_browsers_write_it(typed, kept):
    assert parse_origins(typed) == (kept,)


def test_several_sites_stand_on_lines_of_their_own_and_each_once():
    assert parse_origins("https://a.example\r\n https://b.example, https://A.example/") == (
        "https://a.example",
        "https://b.example",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.org",
        "*",
        "https://*",
        "https://*.org",
        "https:",
        "ftp://example.org",
        "javascript://example.org",
        "https://user@example.org",
        "https://example.org;script-src",
        "https://ex_ample.org",
        "https://bücher.example",
        "https://example.org\x00",
        "'none'",
        "https://" + "a" * 300,
    ],
)
def test_what_is_no_site_never_comes_near_a_header(typed):
    with pytest.raises(InvalidInput) as refused:
        parse_origins(typed)

    assert refused.value.field == "origins"


def test_there_is_an_end_to_the_list():
    with pytest.raises(InvalidInput):
        parse_origins(" ".join(f"https://{number}.example" for number in range(MOST_ORIGINS + 1)))
