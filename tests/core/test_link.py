import pytest

from wall.core.link import find_links, safe_href


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://Example.org", "http://Example.org"),
        (" https://example.org/ ", "https://example.org/"),
        ("https://münchen.example/straße", "https://münchen.example/straße"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]:80/"),
        ("https://example.org./", "https://example.org./"),
    ],
)
def test_a_web_address_may_be_linked(url, expected):
    assert safe_href(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "intent://x#Intent;end",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:/evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://",
        "https://?x",
        "https://user@evil.example/",
        "https://good.example:pw@evil.example/",
        "https://good.example\\@evil.example",
        "https://a b.example/",
        "https://a.example/\tb",
        "https://a.example/\u202egpj.exe",
        "https://a\u200b.example/",
        "https://[::1",
        "https://a.example:99999999/",
        "https://%65vil.example/",
        'https://a"b.example/',
        "https://exa℀mple.org/",
        "/relative",
        "relative",
        "https://example.org/" + "a" * 3_000,
        "https://example.org/\ud800",
    ],
)
def test_what_leads_elsewhere_than_it_looks_may_not(url):
    assert safe_href(url) is None


def test_a_path_is_relative_to_its_base():
    assert safe_href("/posts/1", base="https://blog.example/feed.xml") == "https://blog.example/posts/1"


@pytest.mark.parametrize("url", ["//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_a_base_makes_nothing_safe(url):
    assert safe_href(url, base="https://blog.example/") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://example.org/a.", ["https://example.org/a"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://example.org/a_(b)", ["https://example.org/a_(b)"]),
        ("(see https://example.org/a_(b)).", ["https://example.org/a_(b)"]),
        ("https://example.org/a, https://example.org/b!?", ["https://example.org/a", "https://example.org/b"]),
        ("“https://example.org/a”", ["https://example.org/a"]),
        ("<https://example.org/a>", ["https://example.org/a"]),
        ("詳細はhttps://example.org/a。次", ["https://example.org/a"]),
        ("HTTPS://EXAMPLE.ORG", ["https://EXAMPLE.ORG"]),
        ("xhttps://example.org", []),
        ("https://", []),
        ("https://)))", []),
        ("https://user@evil.example/", []),
        ("example.org", []),
        ("https://example.org/" + "a" * 3_000, []),
    ],
)
def test_addresses_are_found_without_the_sentence_around_them(text, expected):
    assert [href for _, _, href in find_links(text)] == expected


def test_an_address_is_where_it_stands():
    assert find_links("🎉 http://a.example!") == [(2, 18, "http://a.example")]
