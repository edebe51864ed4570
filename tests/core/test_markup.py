import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wall.core.markup import Marked, from_html, from_text, tags
from wall.core.post import Span, Tag

FIXTURES = Path(__file__).parent.parent / "fixtures" / "mastodon"

MENTION = (
    '<span class="h-card" translate="no"><a href="https://alice.example/@alice" class="u-url mention">@<span>alice'
    "</span></a></span>"
)
HASHTAG = '<a href="https://m.example/tags/pyconde" class="mention hashtag" rel="tag">#<span>PyConDE</span></a>'
SHORTENED = (
    '<a href="https://example.com/a/very/long/path" rel="nofollow"><span class="invisible">https://</span>'
    '<span class="ellipsis">example.com/a/very</span><span class="invisible">/long/path</span></a>'
)


def shown(marked):
    return [(span.kind, marked.text[span.start : span.end], span.value) for span in marked.spans]


def statuses(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def test_a_mastodon_post_reads_as_it_is_seen():
    marked = from_html(f"<p>Hi {MENTION} at {HASHTAG}</p><p>{SHORTENED}</p>")

    assert marked.text == "Hi @alice at #PyConDE\n\nexample.com/a/very…"
    assert marked.spans == (
        Span(3, 9, "mention", "alice", "https://alice.example/@alice"),
        Span(13, 21, "tag", "PyConDE"),
        Span(23, 42, "link", "https://example.com/a/very/long/path", "https://example.com/a/very/long/path"),
    )


def test_posts_of_snac_are_read():
    marked = [from_html(status["content"]) for status in statuses("snac_tag_timeline.json")]

    assert marked[0] == Marked("unlisted #PyConDE", (Span(9, 17, "tag", "PyConDE"),))
    assert marked[2] == Marked("edited #PyConDE", (Span(7, 15, "tag", "PyConDE"),))
    assert [tag.raw for tag in tags(marked[-1])] == ["PyConDE", "日本語", "café"]


def test_posts_of_gotosocial_are_read():
    (status,) = statuses("gotosocial_tag_timeline.json")

    assert from_html(status["content"]) == Marked("edited #PyConDE", (Span(7, 15, "tag", "PyConDE"),))


def test_a_sign_outside_of_its_link_belongs_to_it():
    marked = from_html(
        '#<a href="https://f.example/t" class="mention hashtag" rel="tag"><span>wall</span></a> '
        '@<a href="https://f.example/u" class="u-url mention">bob</a>'
    )

    assert shown(marked) == [("tag", "#wall", "wall"), ("mention", "@bob", "bob")]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("<frameset><frame></frameset>", ""),
        ("a &amp; b &lt;i&gt;", "a & b <i>"),
        ("one<br>two<br/><br>three<br><br><br><br><br>four", "one\ntwo\n\nthree\n\n\nfour"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>three", "one\ntwo\nthree"),
        ("<p>one</p>\n  <p> two \n words</p>", "one\n\ntwo words"),
        ("<ul><li>one</li><li><p>two</p></li><li></li></ul>after", "• one\n• two\n\nafter"),
        ("<ul><li>one<li><b></b></ul>after", "• one\n\nafter"),
        ("<pre>é\n  \u0301x</pre>", "é\nx"),
        ("<ol><li>one<ul><li>deep</li></ul></li></ol>", "• one\n\n• deep"),
        ("<blockquote>said</blockquote>answer", "said\n\nanswer"),
        ("<h1>Title</h1>text", "Title\n\ntext"),
        ("<pre>def f():\n  return 1\n\n\n\n\nend</pre>", "def f():\n  return 1\n\n\nend"),
        ("a<!-- no -->b<?pi no?>c", "abc"),
        ("a<script>no</script><style>no</style><svg><text>no</text></svg><math>no</math>b", "ab"),
        ("<head><title>no</title></head><body>yes</body>", "yes"),
        ("<template>no</template><iframe>no</iframe><noscript>no</noscript><textarea>no</textarea>yes", "yes"),
        ('<p class="quote-inline">RE: <a href="https://a.example">a</a></p><p>yes</p>', "yes"),
        ('<span class="invisible">no</span><span class>yes</span><span class="ellipsis"></span>', "yes"),
        ('<img src="https://a.example/x.png" alt="a picture">yes<img>', "yes"),
        ("<p>a&nbsp;b&nbsp;</p>&nbsp;", "a\u00a0b"),
        ("a\u202eb\u2066c\u200bd\x00&#0;&#x202e;", "abcd\ufffd"),
        ("a<b>\u0301\u0301</b><i>\u0301x</i>", "ax"),
        ("é<b>\u0301</b>", "é"),
        ("\ud800a", "?a"),
        ("a\u2028b", "a b"),
        ("unfinished <a href='https://a.example", "unfinished"),
        ("<table><tr><td>a</td><th>b</th><tr><td>c</table>d", "a b\nc\n\nd"),
    ],
)
def test_markup_reads_as_a_browser_shows_it(html, expected):
    assert from_html(html).text == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>bold</b> <strong>strong</strong>", [("bold", "bold", ""), ("bold", "strong", "")]),
        ("<i>it</i><em>em</em>", [("italic", "it", ""), ("italic", "em", "")]),
        ("<b> around </b>", [("bold", "around", "")]),
        ("<b></b><b> </b>x", []),
        ("<b>all <i>of</i> it</b>", [("bold", "all of it", "")]),
        ("<i>one <b>two</b> three</i>", [("italic", "one", ""), ("bold", "two", ""), ("italic", "three", "")]),
        ("<b>a <b>b</b> c</b>", [("bold", "a b c", "")]),
        (
            '<b>see <a href="https://a.example/">this</a> now</b>',
            [("bold", "see", ""), ("link", "this", "https://a.example/"), ("bold", "now", "")],
        ),
        ('<a href="https://a.example/"><b>x</b></a>', [("link", "x", "https://a.example/")]),
        ("<b>so</b> #wall", [("bold", "so", ""), ("tag", "#wall", "wall")]),
        ("<b>so #wall</b>", [("bold", "so", ""), ("tag", "#wall", "wall")]),
        ("<code>x = #no https://a.example/ :blob:</code>", [("code", "x = #no https://a.example/ :blob:", "")]),
        ("<pre><code>x</code></pre>", [("code", "x", "")]),
        ("<b>a<br>b</b>", [("bold", "a\nb", "")]),
        (
            "https://a.example/x, #wall :blob:",
            [
                ("link", "https://a.example/x", "https://a.example/x"),
                ("tag", "#wall", "wall"),
                ("emoji", ":blob:", "blob"),
            ],
        ),
        ('<a href="https://a.example/">#wall</a>', [("tag", "#wall", "wall")]),
        ('<a href="https://a.example/">#wall and more</a>', [("link", "#wall and more", "https://a.example/")]),
        ('<a href="https://a.example/" class="hashtag">#wall🐍</a>', [("tag", "#wall🐍", "wall🐍")]),
        ('<a href="https://a.example/" class="hashtag">#</a>', [("link", "#", "https://a.example/")]),
        ('<a href="https://a.example/" class="mention">Bob</a>', [("link", "Bob", "https://a.example/")]),
        ('<a href="javascript:x" class="mention">@bob</a>', [("mention", "@bob", "bob")]),
        ('<a href="javascript:alert(1)">x</a><a href="//evil.example">y</a><a>z</a><a href>w</a>', []),
        ('<a href="/tags/x">x</a>', [("link", "x", "https://blog.example/tags/x")]),
        (
            '<a href="https://a.example/">https://b.example/</a>',
            [("link", "https://b.example/", "https://a.example/")],
        ),
        ('<a href="https://a.example/"></a>', []),
        (
            '<img class="emoji" alt=":blob:"> :other: :blob:blob:',
            [("emoji", ":blob:", "blob"), ("emoji", ":blob:", "blob")],
        ),
        ("12:30:45 :nope:blob:", [("emoji", ":blob:", "blob")]),
        (
            '<a href="https://a.example/"><table><td><a href="https://b.example/">in</a></table>x</a>',
            [("link", "in\n\nx", "https://a.example/")],
        ),
    ],
)
def test_what_markup_sets_apart_becomes_spans(html, expected):
    assert shown(from_html(html, emojis={"blob"}, base_url="https://blog.example/")) == expected


def test_a_long_post_is_cut_and_spans_with_it():
    html = f"{'x' * 4_990} <b>bold words that go on</b> {HASHTAG}"

    marked = from_html(html)

    assert marked.text == "x" * 4_990 + " bold wor…"
    assert shown(marked) == [("bold", "bold wor", "")]


def test_a_link_that_is_cut_is_none():
    marked = from_html(f'{"x" * 4_990} <a href="https://a.example/">words that go on</a>')

    assert marked.text.endswith("words th…")
    assert marked.spans == ()


def test_lines_are_counted():
    assert from_html("<br>".join("ab")).text == "a\nb"
    assert from_html("a<br>" * 100).text == "a\n" * 59 + "a…"


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 50_000 + "x",
        "<b>x</b>" * 20_000,
        "<b>x<a href=http://a.example>y</a>" * 5_000,
        "<i>x<b>" * 20_000,
        "<div>" * 50_000 + "x",
        "<a href=http://a.example>a</a>" * 10_000,
        "&#769;" * 20_000,
        "\u0301" * 1_000_000,
        "<blockquote>" * 9_000,
        ":a" * 50_000,
        "http://a " * 20_000 + "<b>x",
        "x" * 10_000_000,
        "<a b='" * 10_000,
        "<!--" * 20_000,
        "&" * 60_000,
    ],
)
def test_a_bomb_is_read_within_bounds(html):
    marked = from_html(html, emojis={"a"})

    assert len(marked.text) <= 5_000
    assert len(marked.spans) <= 2_500


def test_plain_text_gets_its_links_tags_and_emoji():
    marked = from_text(" Hi\u202e #wall\r\nhttps://a.example/x. :blob: #no:blob:", emojis={"blob"})

    assert marked.text == "Hi #wall\nhttps://a.example/x. :blob: #no:blob:"
    assert shown(marked) == [
        ("tag", "#wall", "wall"),
        ("link", "https://a.example/x", "https://a.example/x"),
        ("emoji", ":blob:", "blob"),
        ("tag", "#no", "no"),
        ("emoji", ":blob:", "blob"),
    ]


def test_plain_text_holds_no_markup():
    assert from_text("<b>x</b> &amp; :blob:") == Marked("<b>x</b> &amp; :blob:")


def test_each_tag_counts_once_with_the_first_place_it_was_found_in():
    marked = from_text("#PyConDE and #pyconde and #café")

    found = tags(
        marked, meta=["pyconde", "#Cafe", " #hidden\n", "", "!", "a" * 1_000], warning="about #food and #CAFÉ"
    )

    assert found == (
        Tag("PyConDE", "pyconde", "text"),
        Tag("café", "cafe", "text"),
        Tag("food", "food", "warning"),
        Tag("hidden", "hidden", "meta"),
    )


def test_a_flood_of_tags_is_bounded():
    assert len(tags(Marked(""), meta=(f"t{number}" for number in range(10_000_000)))) == 100


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<pre>", "</pre>", "<li>", "<br>", "<ul>", "</ul>",
        '<a href="https://a.example/">', '<a class="hashtag" href="x">', '<a class="mention" href="https://a.example/">',
        "</a>", '<span class="ellipsis">', '<span class="invisible">', "</span>", "<script>", "</script>", "<svg>", "</svg>",
        "<table>", "<td>", "#wall", "#", "@bob", ":blob:", "https://b.example/x", "é", "e\u0301", "\u0301", "日本", "👩\u200d🚀",
        " ", "\n", "\u202e", "\u200d", "x", "&#x202e;", "&amp;", "<!--", "-->",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30))
@example(["<pre>", " ", "#wall"])
@example(["x", "<pre>", '<a class="hashtag" href="x">', " ", "#wall"])
def test_spans_of_any_markup_are_flat_and_hold_words(pieces):
    marked = from_html("".join(pieces), emojis={"blob"})

    at = 0
    for span in marked.spans:
        assert at <= span.start < span.end <= len(marked.text)
        assert marked.text[span.start : span.end].strip() == marked.text[span.start : span.end]
        at = span.end
    assert marked.text == marked.text.strip()
    assert "\n\n\n\n" not in marked.text
