import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.skies import MIA, ZED, profile, record, tag, uri
from tests.sources.world import EVENT, FIXTURES, NOW
from wall.core.post import SourceRef
from wall.errors import InvalidPost
from wall.sources.bluesky.profile import parse_profile
from wall.sources.bluesky.record import parse_record, viewed
from wall.sources.bluesky.wire import read_frame

SOURCE = SourceRef(id="one", kind="bluesky")
DID = "did:plc:gfb4x3rrc7tm25l4ju3ingm2"


def parse(content, **fields):
    known = {"did": MIA, "rkey": "one", "revision": 1, "source": SOURCE, "time": NOW, "now": NOW}
    return parse_record(content, **(known | fields))


def facet(text, part, **feature):
    start = text.encode().index(part.encode())
    return {"index": {"byteStart": start, "byteEnd": start + len(part.encode())}, "features": [feature]}


def spans(post):
    return [(span.kind, post.text[span.start : span.end], span.href) for span in post.spans]


def test_a_real_post_keeps_its_words_tags_picture_and_warning():
    line = (FIXTURES / "bluesky" / "jetstream_v1.jsonl").read_bytes().splitlines()[2]

    post = parse(json.loads(read_frame("v1", line).record), did=DID, rkey="3n2u6rxpgoc2g")

    assert post.text == "Grüße 🎉 from #PyConDE and #日本語"
    assert [(one.key, one.where) for one in post.tags] == [
        ("pyconde", "text"),
        ("日本語", "text"),
        ("outoftext", "meta"),
    ]
    assert [(one.kind, one.alt) for one in post.media] == [("image", "a dot")]
    assert post.media[0].url.startswith(f"https://cdn.bsky.app/img/feed_fullsize/plain/{DID}/bafkrei")
    assert (post.sensitive, post.content_warning, post.language) == (True, "Graphic pictures", "de")
    assert (post.uid, post.url) == (
        f"at://{DID}/app.bsky.feed.post/3n2u6rxpgoc2g",
        f"https://bsky.app/profile/{DID}/post/3n2u6rxpgoc2g",
    )


@pytest.mark.parametrize("before", ["", "🎉👩‍👩‍👧 ", "日本語 ", "Grüße ", "e\u0301 "])
def test_places_in_bytes_are_places_in_the_text(before):
    text = f"{before}see example.org/lo... and @zed.example #PyConDE"
    link = facet(text, "example.org/lo...", uri="https://example.org/long")
    mention = facet(text, "@zed.example", did=ZED)

    post = parse(record(text, facets=[mention, link, tag(text)]))

    assert spans(post) == [
        ("link", "example.org/lo...", "https://example.org/long"),
        ("mention", "@zed.example", f"https://bsky.app/profile/{ZED}"),
        ("tag", "#PyConDE", None),
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [(1, 4), (0, 2), (3, 3), (4, 2), (-1, 4), (0, 99), ("0", 4), (None, 4), (True, 4), (0, 10**30)],
)
def test_a_facet_that_fits_nowhere_is_passed_over(start, end):
    broken = {"index": {"byteStart": start, "byteEnd": end}, "features": [{"uri": "https://x.example/"}]}

    post = parse(record("日本 #PyConDE", facets=[broken]))

    assert (post.text, spans(post)) == ("日本 #PyConDE", [("tag", "#PyConDE", None)])


def test_of_two_facets_that_overlap_the_first_holds():
    text = "one two"
    facets = [facet(text, "one two", uri="https://a.example/"), facet(text, "two", uri="https://b.example/")]

    assert spans(parse(record(text, facets=facets))) == [("link", "one two", "https://a.example/")]


def test_a_hashtag_is_found_without_any_facet_and_in_full_where_apps_cut_it():
    text = "#می‌خواهم #PyConDE"

    post = parse(record(text, facets=[tag(text, "می")]))

    assert [(one.key, one.where) for one in post.tags] == [
        ("میخواهم", "text"),
        ("pyconde", "text"),
        ("می", "meta"),
    ]


def test_markup_in_a_text_is_text():
    assert parse(record("<b>5 < 6</b> & <script>")).text == "<b>5 < 6</b> & <script>"


def test_lines_stay_lines():
    assert parse(record("One\n\nTwo\nThree")).text == "One\n\nTwo\nThree"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://a@b.example/", "", 7])
def test_an_address_that_may_not_be_followed_is_no_link(href):
    assert spans(parse(record("click here", facets=[facet("click here", "here", uri=href)]))) == []


def test_a_card_and_a_quoted_post_can_be_followed():
    card = {"$type": "app.bsky.embed.external", "external": {"uri": "https://x.example/a?b=1&c=2", "title": "A"}}
    quote = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": {"uri": uri("q", ZED)}},
        "media": card,
    }

    post = parse(record("Look", embed=quote))

    assert [href for _, _, href in spans(post)] == [
        f"https://bsky.app/profile/{ZED}/post/q",
        "https://x.example/a?b=1&c=2",
    ]


def test_a_card_s_address_that_stands_in_the_text_is_not_said_twice():
    card = {"$type": "app.bsky.embed.external", "external": {"uri": "https://x.example/a"}}

    assert parse(record("Look https://x.example/a", embed=card)).text == "Look https://x.example/a"


def test_a_video_has_a_still_and_its_description():
    video = {"$type": "app.bsky.embed.video", "video": {"ref": {"$link": "bafkvideo"}}, "alt": "A talk"}

    (media,) = parse(record("Look", embed=video)).media

    assert (media.kind, media.alt) == ("video", "A talk")
    assert (
        media.preview_url
        == "https://video.bsky.app/watch/did%3Aplc%3Ammmmmmmmmmmmmmmmmmmmmmmm/bafkvideo/thumbnail.jpg"
    )


def test_an_appview_s_addresses_are_taken_and_fewer_than_there_should_be_are_not():
    view = json.loads((FIXTURES / "bluesky" / "appview_getPosts.json").read_text())["posts"][1]
    post = parse(view["record"])

    (shown,) = viewed(post.media, view)

    assert "/img/feed_fullsize/plain/" in shown.url
    assert shown.alt == "dot"
    assert viewed(post.media, {}) == post.media


def test_a_reply_names_what_it_answers_and_nonsense_nothing():
    assert parse(record(reply={"parent": {"uri": uri("zero", ZED)}})).reply_to == uri("zero", ZED)
    assert parse(record(reply={"parent": {"uri": "https://x.example"}})).reply_to is None


@pytest.mark.parametrize("claimed", ["2027-01-01T00:00:00Z", "", None, "soon", 7])
def test_a_time_in_the_future_or_none_is_when_the_network_saw_it(claimed):
    seen = datetime(2026, 11, 22, 9, 59, tzinfo=UTC)

    assert parse(record(createdAt=claimed), time=seen).created_at == seen


@pytest.mark.parametrize("content", [{}, {"text": None}, {"text": ["#PyConDE"]}])
def test_a_record_without_text_is_no_post(content):
    with pytest.raises(InvalidPost, match="no text"):
        parse(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["uri", "images", "record", "alt", "index", "features", "val", "values"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.text(max_size=40), json_values, json_values, json_values, json_values)
def test_no_record_crashes_the_parsing(text, facets, embed, labels, langs):
    post = parse(record(text, facets=facets, embed=embed, labels=labels, langs=langs, tags=langs, reply=embed))

    assert all(0 <= span.start < span.end <= len(post.text) for span in post.spans)


def test_a_very_long_text_is_cut_and_its_hashtag_at_the_front_is_found():
    assert EVENT.wants(parse(record("#PyConDE " + "word " * 200_000)))


def test_a_profile_says_who_somebody_is():
    real = json.loads((FIXTURES / "bluesky" / "appview_getProfiles.json").read_text())["profiles"][0]

    found = parse_profile(real, real["did"])

    assert (found.author.handle, found.author.name, found.author.bot, found.public) == (
        "a3830.test",
        "Älice",
        True,
        True,
    )


@pytest.mark.parametrize("label", ["!no-unauthenticated", "!hide", "!takedown"])
def test_who_is_not_for_everybody_is_not_public(label):
    assert not parse_profile(profile(MIA, "Mia", label), MIA).public


def test_a_label_that_was_taken_back_does_not_count():
    view = profile(MIA, "Mia", labels=[{"val": "!hide", "neg": True}])

    assert parse_profile(view, MIA).public


def test_a_handle_that_nobody_confirms_is_not_shown():
    author = parse_profile(profile(MIA, "", handle="handle.invalid", displayName=7), MIA).author

    assert (author.handle, author.name) == (MIA, MIA)


def test_what_a_profile_wishes_is_kept():
    assert parse_profile(profile(MIA, "Mia", description="Hi. #nobot please"), MIA).author.wishes == ("nobot",)


@pytest.mark.parametrize(
    ("written", "read"),
    [("https://social.example/@alice/77", "https://social.example/@alice/77"), ("javascript:1", None), (7, None)],
)
def test_what_a_bridge_says_it_copied_is_kept_where_it_is_an_address(written, read):
    assert parse(record("Hello", bridgyOriginalUrl=written)).bridged_from == read
