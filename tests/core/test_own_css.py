import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.own_css import MOST_CSS, own_css
from wall.errors import InvalidInput


@pytest.mark.parametrize(
    "css",
    [
        "",
        ".post { border: 2px solid #123456; font-weight: 700 }",
        "@media (min-width: 100px) { .rail { color: rgb(0 0 0 / 50%) } }",
        ".wall { .post { color: red; &.post--pinned { color: blue } } }",
        '.rail__title::after { content: "2026" }',
        ":root { --corner: calc(1 * 2) }",
    ],
)
def test_what_stays_inside_is_let_through(css):
    assert "".join(own_css(css).split()) == "".join(css.split())


@pytest.mark.parametrize(
    "css",
    [
        '@import "https://evil.example/a.css";',
        "@import url(//evil.example/a.css);",
        "@IMPORT 'x';",
        "@font-face { font-family: x; src: url(x.woff2) }",
        "@namespace x url(http://evil.example);",
        ".a { background: url(https://evil.example/?a) }",
        ".a { background: URL('https://evil.example') }",
        r".a { background: u\72l(https://evil.example) }",
        r".a { background: \75\72\6c('https://evil.example') }",
        ".a { background: image-set('https://evil.example/a.png' 1x) }",
        ".a { background: -webkit-image-set(url(a) 1x) }",
        ".a { background: var(--x, url(https://evil.example)) }",
        ".a { --x: url(https://evil.example) }",
        ".a { --x: { b: url(https://evil.example) } }",
        ".a { cursor: src('https://evil.example') , auto }",
        "@media screen { .a { .b { background: url(a) } } }",
        "@supports (background: url(a)) { .a { color: red } }",
        ".a { background: /**/url(/**/a) }",
        "/* */ .a { background:url(a",
        ".a { behavior: url(x.htc) }",
        ".a { -moz-binding: none }",
        ".a { animation: flash 0.1s infinite }",
        ".a { -webkit-animation-name: flash }",
        ".a { transition: all 9s }",
        "@keyframes flash { from { opacity: 0 } }",
        "@charset 'utf-7';",
        "@layer a;",
        ".a { color: red } }",
        ".a:not( { color: red }",
        ".a { color }",
        "}",
        "</style><script>alert(1)</script>",
    ],
)
def test_what_reaches_outside_or_moves_is_refused(css):
    with pytest.raises(InvalidInput) as refused:
        own_css(css)

    assert refused.value.field == "css"
    assert refused.value.message.startswith("Line ")


def test_the_line_of_what_is_refused_is_named():
    with pytest.raises(InvalidInput, match=r"^Line 3: "):
        own_css(".a { color: red }\n\n.b { background: url(a) }")


@pytest.mark.parametrize(
    "css",
    ["a" * (MOST_CSS + 1), ".a{}" * 401, "@media all{" * 20 + "}" * 20, ".a{" * 3000, "(" * 19_000],
)
def test_what_is_too_large_or_too_deep_is_refused_and_breaks_nothing(css):
    with pytest.raises(InvalidInput):
        own_css(css)


@given(st.text(alphabet=st.sampled_from("url(a)@import;{}:\"'\\\n/*72 .-"), max_size=60))
def test_whatever_is_let_through_names_no_address(css):
    try:
        served = own_css(css)
    except InvalidInput:
        return
    assert "@import" not in served.lower()
    assert own_css(served) is not None
