import pytest

from wall.core.clean_url import clean_url

PAGE = "https://example.org/page"


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/page",
        "http://EXAMPLE.org/page/",
        "https://example.org:443/page#there",
        "https://example.org/page?utm_source=x&UTM_Medium=y&fbclid=1",
        "  https://example.org/page/?igsh=abc#top ",
    ],
)
def test_links_to_one_page_are_one(written):
    assert clean_url(written) == PAGE


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://example.org/page?id=5&utm_source=x", "https://example.org/page?id=5"),
        ("https://example.org/page?q=a+b&empty=", "https://example.org/page?q=a+b&empty="),
        ("https://example.org/Page", "https://example.org/Page"),
        ("http://example.org:8080/page", "http://example.org:8080/page"),
        ("https://example.org/", "https://example.org"),
    ],
)
def test_what_tells_pages_apart_stays(written, kept):
    assert clean_url(written) == kept


@pytest.mark.parametrize(
    "written", ["", "javascript:alert(1)", "https://a:b@example.org", "https://", "https://[::1", "x" * 10_000]
)
def test_what_cannot_be_linked_to_is_no_link(written):
    assert clean_url(written) == ""
