import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.world import NOW
from tests.sources.xserver import MIA, id_at, post
from wall.core.post import SourceRef
from wall.errors import InvalidPost
from wall.sources.x.post import as_html, parse_post, read_page

SOURCE = SourceRef(id="one", kind="x")


def parsed(raw, **includes):
    return parse_post(
        raw, read_page({"data": [raw], "includes": {"users": [MIA], **includes}}), source=SOURCE, now=NOW
    )


def test_a_post_is_read_with_who_wrote_it():
    found = parsed(post(60, lang="de", public_metrics={"retweet_count": 3}, possibly_sensitive=True))

    assert (found.author.uid, found.author.handle, found.author.followers) == ("x:42", "mia", 12)
    assert found.author.avatar_url == "https://pbs.example/mia_200x200.jpg"
    assert found.url == f"https://x.com/mia/status/{id_at(60)}"
    assert (found.language, found.reposts, found.sensitive) == ("de", 3, True)
    assert (NOW - found.created_at).total_seconds() == 60


def test_an_edit_is_the_same_post_with_a_higher_revision():
    first, second = id_at(60), id_at(30)

    before = parsed(post(id=first))
    after = parsed(post(id=second, edit_history_tweet_ids=[first, second]))

    assert after.uid == before.uid
    assert after.aliases == (f"x:{second}",)
    assert after.revision > before.revision
    assert after.created_at == before.created_at


def test_a_long_post_is_read_whole():
    assert parsed(post(text="Short…", note_tweet={"text": "Short no more"})).text == "Short no more"


def test_short_links_become_what_they_stand_for_and_people_are_named():
    entities = {
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://py.example/1", "display_url": "py.example/1"}],
        "mentions": [{"username": "Zed"}],
    }

    found = parsed(post(text="&lt;b&gt; @zed @nobody https://t.co/a #PyConDE", entities=entities))

    assert found.text == "<b> @zed @nobody py.example/1 #PyConDE"
    assert [(span.kind, span.href) for span in found.spans] == [
        ("mention", "https://x.com/zed"),
        ("link", "https://py.example/1"),
        ("tag", None),
    ]


def test_a_video_is_shown_by_its_still():
    still = {"media_key": "7_1", "type": "video", "preview_image_url": "https://x.example/still.jpg"}

    (media,) = parsed(post(attachments={"media_keys": ["7_1", "7_2"]}), media=[still]).media

    assert (media.kind, media.preview_url) == ("video", "https://x.example/still.jpg")


def test_an_answer_says_what_it_answers():
    assert parsed(post(referenced_tweets=[{"type": "replied_to", "id": "77"}])).reply_to == "x:77"


@pytest.mark.parametrize(
    "raw",
    [{}, post(id="x"), post(author_id="7"), post(author_id=None), post(text=""), post(text=7), post(id=True)],
)
def test_what_is_no_post_is_refused(raw):
    with pytest.raises(InvalidPost):
        parsed(raw)


@pytest.mark.parametrize(
    "answer", [{}, {"data": 7, "includes": [], "meta": 1, "errors": "x"}, {"data": [1, None]}]
)
def test_an_answer_of_another_shape_is_empty(answer):
    assert read_page(answer).posts == ()


def test_only_what_nobody_may_read_is_gone():
    def error(kind, **fields):
        return {"type": f"https://x/problems/{kind}", "resource_type": "tweet", "parameter": "ids", **fields}

    errors = [
        error("resource-not-found", resource_id="1"),
        error("not-authorized-for-resource", value="2"),
        error("client-disconnected", resource_id="3"),
        error("resource-not-found", resource_id="4", resource_type="user"),
    ]

    assert read_page({"errors": errors}).gone == ("1", "2")


@given(st.text())
def test_any_text_becomes_html_without_tags_of_its_own(text):
    assert "<script" not in as_html(f"<script {text}", {})
