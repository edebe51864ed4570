"""The one fragment of a post at the desk: what a decision is bound to, why it waits, and safe whatever it holds."""

import re

import pytest
from markupsafe import Markup

from tests.templates.views import NASTY, post
from wall.web.cards import boosters
from wall.web.pages import templates

POST = post(html=Markup("<p>Hello <b>hall</b></p>"), text_length=10)
STANDING = {
    "id": "abc",
    "version": 3,
    "hash": "f00d",
    "status": "waiting",
    "stands": "Waiting",
    "reason": None,
    "told": None,
    "pinned": False,
    "decided_by": None,
    "decided_at": None,
    "arrived": 17,
    "received_at": "2026-05-12T10:00:05.000Z",
    "author_uid": "ap:https://example.org/users/ada",
    "trusted": False,
    "note": None,
    "described": [],
    "copies": [],
    "networks": 1,
    "parted": False,
    "source_id": "m1",
    "source_kind": "mastodon",
    "language": "en",
    "pictures": "none",
    "first_time": False,
    "question": False,
    "reply": False,
    "thread": "abc",
    "answers": None,
    "alike": "",
    "searched": "hello hall",
    "trust": "",
    "reposted_by": (),
    "hints": (),
    "due": None,
    "problems": [],
    "codes": [],
    "approved_by": None,
    "approver": None,
    "refused_for_picture": False,
    "recognisable": False,
    "rule_url": None,
    "rule_name": None,
    "hosts": [],
    "server": "",
    "brought_by": None,
    "quotable": False,
    "mood_url": "/pyconex/moderate/mood/p1",
    "quote_url": "/pyconex/moderate/blog?quote=p1",
    "talk_url": "/pyconex/moderate/back-channels?post=p1#talk",
    "story_url": None,
    "answer_url": None,
    "spoken": False,
}
PICTURE = {
    "kind": "image", "src": "/p/1", "thumb": None, "width": 640, "height": 480, "alt": "A river",
    "code": False, "play": None,
}  # fmt: skip


@pytest.fixture
def render():
    template = templates().get_template("moderate/_card.html")
    return lambda post=None, **standing: template.render(post=POST | (post or {}), standing=STANDING | standing)


def test_a_card_carries_what_a_decision_is_bound_to(render):
    html = render()

    assert html.startswith('<li class="card"')
    assert html.count("<li") == 1
    assert 'data-post="abc" data-version="3" data-hash="f00d" data-status="waiting" data-place="17"' in html


def test_the_line_in_the_list_is_words_without_markup(render):
    assert ">Hello hall</span>" in render()


def test_the_reason_why_a_post_waits_stands_on_the_card(render):
    html = render(reason="Marked as sensitive by its author.")

    assert '<span class="card__why">Why it waits</span> Marked as sensitive by its author.' in html


def test_accounts_of_the_team_that_passed_a_post_on_are_named(render):
    html = render(reposted_by=boosters(("team@a.example", "<b>@b.example")))

    assert "<bdi>@team@a.example</bdi> and <bdi>@&lt;b&gt;@b.example</bdi>" in html
    assert '<span class="mark">Boosted by the team</span>' in html
    assert "Boosted" not in render()


def test_what_a_moderator_should_see_of_its_hashtags_stands_on_the_card(render):
    html = render(hints=("Hashtag not in the text", "14 hashtags"))

    assert '<span class="mark mark--warn">Hashtag not in the text</span>' in html
    assert "<strong>Noticed</strong> Hashtag not in the text · 14 hashtags" in html
    assert "Noticed" not in render()


def test_a_reply_shows_the_team_what_it_answers_with_its_page_while_that_is_on_the_wall(render):
    answered = {"name": "<b>", "words": "Hi <i>", "stands": "approved", "url": "/demo/post/1", "tie": "f00"}

    html = render(reply=True, answers=answered)
    gone = render(reply=True, answers={**answered, "stands": "removed", "url": ""})

    assert '<a href="/demo/post/1"><bdi>&lt;b&gt;</bdi></a>' in html
    assert '<p dir="auto">Hi &lt;i&gt;</p>' in html
    assert '<span class="mark">Reply</span>' in html
    assert '<bdi>&lt;b&gt;</bdi> <span class="quiet">(removed)</span>' in gone
    assert "Answers" not in render()


def test_who_brought_a_post_in_by_hand_stands_on_the_card(render):
    assert "by <bdi>Mia</bdi>" in render(brought_by="Mia")
    assert "by hand" not in render()


def test_the_name_of_the_rule_leads_to_it(render):
    html = render(
        reason="Word list “<b>”: “shit” in the text.",
        rule_name="Word list “<b>”",
        rule_url="/organise/demo/rules/r1",
    )

    assert '<a href="/organise/demo/rules/r1">Word list “&lt;b&gt;”</a>: “shit” in the text.' in html


def test_what_a_rule_can_be_made_of_stands_on_the_card(render):
    html = render(hosts=["shop.example", "x.example"], server="example.org")

    assert 'data-hosts="shop.example x.example" data-server="example.org"' in html
    assert "data-rule-menu" not in render(status="withdrawn")


def test_pictures_of_a_sensitive_post_are_covered(render):
    html = render({"sensitive": True, "media": [PICTURE]}, trusted=True, status="approved")

    assert "data-covered" in html
    assert "Reveal picture" in html


def test_pictures_of_an_author_nobody_knows_are_covered_until_one_is_on_the_wall(render):
    waiting, rejected, approved = (
        render({"media": [PICTURE]}, status=one) for one in ("waiting", "rejected", "approved")
    )

    assert ["data-covered" in html for html in (waiting, rejected, approved)] == [True, True, False]
    assert "mark--warn" not in waiting


def test_the_first_of_two_approvals_stands_on_the_card_for_everybody(render):
    html = render(approved_by=NASTY)

    assert "<strong>1 of 2</strong>, by <bdi>&#34;&#39;&gt;&lt;script&gt;" in html
    assert "1 of 2" not in render(approved_by="Ada", status="approved")
    assert 'data-approver="p1"' in render(approver="p1")


def test_what_a_code_says_is_text(render):
    html = render(codes=["https://evil.example/", NASTY, ""])

    assert 'There is a code in this picture: <bdi class="card__code">https://evil.example/</bdi></p>' in html
    assert "There is a code in this picture</p>" in html
    assert 'href="https://evil' not in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("status", "words"),
    [("waiting", "Reject for its picture"), ("stashed", "Reject for"), ("approved", "Remove for its picture")],
)
def test_a_post_can_be_refused_for_a_picture_that_can_be_known_again(render, status, words):
    assert words in render(status=status, recognisable=True)
    assert "refuse-picture" not in render(status=status)
    assert "refuse-picture" not in render(status="rejected", recognisable=True)


def test_pictures_of_other_posts_are_not_covered(render):
    trusted, approved = render({"media": [PICTURE]}, trusted=True), render({"media": [PICTURE]}, status="approved")

    assert "data-covered" not in trusted + approved
    assert 'aria-pressed="false" hidden>Reveal picture' in trusted
    assert "Reveal" not in approved


def test_why_its_pictures_may_be_covered_stands_on_the_card_for_when_its_author_is_trusted_no_more(render):
    htmls = [
        render({"media": [PICTURE]}, trusted=True),
        render({"media": [PICTURE], "sensitive": True}, trusted=True),
        render({"media": [PICTURE]}, status="approved"),
        render({"sensitive": True}),
    ]

    found = [re.findall('data-cover="([a-z]+)"', html) for html in htmls]
    assert found == [["unknown"], ["warned"], [], []]


@pytest.mark.parametrize(
    ("standing", "kinds"),
    [
        ({"status": "waiting"}, []),
        ({"status": "approved"}, ["remove", "pin"]),
        ({"status": "approved", "pinned": True}, ["remove", "unpin"]),
        ({"status": "rejected"}, ["approve"]),
        ({"status": "removed"}, ["approve"]),
        ({"status": "stashed"}, ["reject", "approve"]),
        ({"status": "withdrawn"}, []),
    ],
)
def test_a_card_offers_what_can_be_done(render, standing, kinds):
    offered = [part.split('"')[0] for part in render(**standing).split('data-kind="')[1:]]

    assert offered == kinds


@pytest.mark.parametrize("status", ["waiting", "approved", "rejected", "removed", "stashed"])
def test_what_is_rarely_done_is_behind_one_button(render, status):
    before, more = render(status=status).split('<details class="more">')

    rare = [
        words
        for words in ("Talk privately", "Note for the team", "Make it a question", "From now on")
        if words in more
    ]
    assert len(rare) == 4
    assert "Talk privately" not in before
    assert "Talk privately" not in render(status="withdrawn")


def test_who_decided_is_told(render):
    html = render(status="rejected", stands="Rejected", decided_by="Max", decided_at="2026-05-12T10:02:00.000Z")

    assert "<strong>Rejected</strong> by <bdi>Max</bdi>" in html


def test_a_missing_picture_is_told(render):
    assert "This picture is too large." in render(problems=["This picture is too large."])


def test_nothing_of_a_post_is_taken_for_markup(render):
    author = {"name": NASTY, "handle": NASTY, "avatar": None, "url": None, "key": NASTY}

    html = render(
        {"author": author, "html": Markup("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")},
        reason=NASTY,
        author_uid=NASTY,
        decided_by=NASTY,
        problems=[NASTY],
        status="approved",
    )

    assert "<script" not in html
    assert "<img" not in html
    assert "49" not in html
