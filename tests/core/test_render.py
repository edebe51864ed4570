import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from wall.core.markup import from_html, from_text
from wall.core.post import Span
from wall.core.render import to_html

LINK = "https://a.example/?a=1&b=2"
ALLOWED = {
    "p": set(),
    "br": set(),
    "strong": set(),
    "em": set(),
    "code": set(),
    "bdi": set(),
    "span": {"class"},
    "a": {"href", "rel"},
    "img": {"class", "src", "alt"},
}


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("", [], ""),
        ("a < b & \"c\" 'd'", [], "<p>a &lt; b &amp; &quot;c&quot; &#x27;d&#x27;</p>"),
        ("a\nb\n\nc\n\n\nd", [], "<p>a<br>b</p><p>c</p><p>d</p>"),
        ("#a", [Span(0, 2, "tag", "a")], '<p><span class="tag">#a</span></p>'),
        ("hi @b", [Span(3, 5, "mention", "b")], '<p>hi <span class="mention"><bdi>@b</bdi></span></p>'),
        (
            "see <x>",
            [Span(4, 7, "link", LINK, LINK)],
            '<p>see <a href="https://a.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow ugc">&lt;x&gt;</a></p>',
        ),
        (
            "abc",
            [Span(0, 1, "bold"), Span(1, 2, "italic"), Span(2, 3, "code")],
            "<p><strong>a</strong><em>b</em><code>c</code></p>",
        ),
        ("a\n\nb", [Span(0, 4, "bold")], "<p><strong>a<br><br>b</strong></p>"),
        (":blob:", [Span(0, 6, "emoji", "blob")], '<p><img class="emoji" src="/media/1" alt=":blob:"></p>'),
        (":other:", [Span(0, 7, "emoji", "other")], "<p>:other:</p>"),
    ],
)
def test_text_and_spans_become_html(text, spans, expected):
    assert to_html(text, spans, {"blob": "/media/1"}) == expected


@pytest.mark.parametrize(
    "spans",
    [
        [Span(-1, 2, "bold")],
        [Span(0, 99, "bold")],
        [Span(2, 1, "bold")],
        [Span(1, 1, "bold")],
        [Span(0, 3, "blink")],
        [Span(0, 3, "link", "x", None)],
        [Span(0, 3, "link", "x", "javascript:alert(1)")],
        [Span(0, 3, "link", "x", "https://evil@a.example/")],
    ],
)
def test_spans_that_make_no_sense_are_passed_over(spans):
    assert to_html("abc", spans, {}) == "<p>abc</p>"


def test_of_two_spans_that_overlap_the_first_holds():
    assert to_html("abc", [Span(1, 3, "italic"), Span(0, 2, "bold")], {}) == "<p><strong>ab</strong>c</p>"


def test_what_a_page_cannot_carry_is_replaced():
    assert to_html("a\x00\ud800\r\uffffb", [], {}) == "<p>a\ufffd\ufffd\ufffd\ufffdb</p>"


def elements(html):
    return [node for node in LexborHTMLParser(html).body.traverse() if node.tag != "body"]


def assert_harmless(html):
    for node in elements(html):
        assert node.tag in ALLOWED
        assert set(node.attributes) <= ALLOWED[node.tag]
        assert re.match(r"https?://[^/\\@]+(/|\Z|\?|#)", node.attributes.get("href", "https://ok.example/"))
        assert node.attributes.get("src", "/media/1") == "/media/1"


SPANS = st.builds(
    Span,
    st.integers(-5, 40),
    st.integers(-5, 40),
    st.sampled_from(["tag", "mention", "link", "emoji", "bold", "italic", "code", "script"]),
    st.sampled_from(["blob", "x", '"><script>', ""]),
    st.sampled_from([None, "", LINK, "javascript:x", 'https://a.example/"onclick="x', "data:text/html,x"])
    | st.text(),
)


@settings(deadline=None)
@given(st.text(st.characters() | st.sampled_from("<>&\"' \n"), max_size=40), st.lists(SPANS, max_size=8))
def test_any_text_with_any_spans_reads_back_as_it_was(text, spans):
    html = to_html(text, spans, {})

    assert_harmless(html)
    assert LexborHTMLParser(html).body.text().replace("\ufffd", "") == re.sub(
        "[\n\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufffd]", "", text
    )


@settings(deadline=None)
@given(st.text(max_size=40), st.lists(SPANS, max_size=8))
def test_emoji_are_pictures_of_our_own_only(text, spans):
    assert_harmless(to_html(text, spans, {"blob": "/media/1"}))


ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt >alert(1)</sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:alert(alt) onerror=eval(src) alt=':blob:'>",
    "<img alt=':\"onerror=\"alert(1):'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><foreignObject><iframe onload=alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><a title='</title><img src onerror=alert(1)>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='\\\\evil.example'>x</a>",
    "<a href='https://a.example@evil.example'>x</a>",
    "<a href='https://a.example/&quot; onmouseover=&quot;alert(1)'>x</a>",
    "<a href='https://a.example/&quot;onmouseover=&quot;alert(1)'>x</a>",
    "<a href='https://a.example/' onclick=alert(1) style='position:fixed' target=_top>x</a>",
    "<a class='hashtag' href='javascript:alert(1)'>#<b onclick=x>wall</b></a>",
    "<a class='mention' href='javascript:alert(1)'>@bob</a>",
    "<b style='background:url(https://evil.example)'>x</b>",
    "<p onclick=alert(1) id=x name=y data-z=1>x</p>",
    "<form action='https://evil.example'><input><button>x</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'><base href='https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example'><style>@import 'https://evil.example'</style>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p>https://a.example/\"onmouseover='alert(1)'</p>",
    "https://a.example/<script>alert(1)</script>",
    "#<script>alert(1)</script>wall",
    "</p></article><script>alert(1)</script>",
    "<a href=https://a.example/><a href=javascript:alert(1)>x",
    "<x onclick=alert(1)>x</x>",
    "<body onload=alert(1)>x",
    "<html onclick=alert(1)><body background='javascript:alert(1)'>x",
    "<table background='javascript:alert(1)'><td background='javascript:alert(1)'>x</table>",
    "<isindex action=javascript:alert(1) type=image>",
    "<select><style></select><script>alert(1)</script></style>",
    "\x00<\x00script>alert(1)</script>",
    "<script\x0bsrc=//evil.example>x</script>",
    "＜script＞alert(1)＜/script＞",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("read", [from_html, from_text])
def test_an_attack_becomes_words_or_nothing(attack, read):
    marked = read(f"before {attack} after", emojis={"blob", '"onerror="alert(1)'})

    assert_harmless(to_html(marked.text, marked.spans, {"blob": "/media/1", '"onerror="alert(1)': "/media/1"}))
