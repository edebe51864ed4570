"""Scenes that say something of all posts: numbers, trends, people, questions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.web.hall import run, scene
from wall.core.moderation import Status, Verdict
from wall.core.panic import Restriction
from wall.core.post import Author, Picture
from wall.core.rules import Rule
from wall.sources.form import SOMEONE
from wall.store.submission import Submission

ON_THE_WALL = Verdict(status=Status.APPROVED)


def author(number, **fields):
    return Author(uid=f"ap:{number}", handle=f"@p{number}@social.example", name=f"Person {number}", **fields)


@pytest.fixture
def say(store, event):
    """Put posts on the wall."""

    async def say(*posts, now=NOW):
        await store.posts.submit(event.slug, [Submission(post, ON_THE_WALL) for post in posts], now=now)
        return posts

    return say


@pytest.fixture
def shown(store, event, hall, ask_plan):
    """Have the screen run one scene, and return its html."""

    async def shown(kind, **options):
        if not await store.scenes.all(event.slug):
            await run(store, event, hall[1], scene(kind, **options))
        (found,) = (await ask_plan()).json()["scenes"]
        return found["html"]

    return shown


@pytest.mark.parametrize("kind", ["numbers", "trends", "people", "questions"])
async def test_on_a_bare_wall_there_is_nothing_to_show(shown, kind):
    assert await shown(kind) is None


class TestNumbers:
    async def test_they_are_exact_and_follow_what_moderators_do(self, store, event, say, shown):
        first, *_ = await say(*(a_post() for _ in range(1_200)), a_post(author=BOB))
        before = await shown("numbers")

        standing = await store.posts.get(event.slug, first.id)
        await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

        assert 'posts</dt><dd class="fact__number">1,201<' in before
        assert 'people</dt><dd class="fact__number">2<' in before
        assert 'posts</dt><dd class="fact__number">1,200<' in await shown("numbers")

    async def test_the_day_is_drawn_by_the_clocks_of_the_venue(self, site, store, event, say, shown):
        await store.events.change(event.slug, lambda one: replace(one, timezone="Asia/Tokyo"))
        await say(a_post())

        html = await shown("numbers")
        site.later(days=1)

        assert html.count("<rect") == 6
        assert '<li class="day__hour" data-runs>18</li>' in html
        assert "<rect" not in await shown("numbers")

    async def test_networks_are_named_when_there_are_several(self, say, shown):
        kinds = ["mastodon"] * 6 + ["nostr"] * 5 + ["bluesky"] * 4 + ["form"] * 3 + ["irc", "irc", "gopher"]
        await say(*(a_post(source=replace(a_post().source, kind=kind)) for kind in kinds))

        html = await shown("numbers")

        assert "Mastodon <b>6</b>" in html
        assert "Others <b>3</b>" in html


class TestTrends:
    @pytest.fixture
    async def yesterday(self, say):
        people = [a_post(f"{number} word{number}", author=author(number)) for number in range(40)]
        await say(*people, now=NOW - timedelta(hours=2))

    def about(self, word, *, people=8):
        return [
            a_post(f"{word} tells{number * 37}x things{number * 91}y #PyConEx", author=author(number))
            for number in range(people)
        ]

    async def test_they_say_how_many_people_talk_about_what(self, yesterday, say, shown):
        await say(*self.about("<i>tuba"))

        html = await shown("trends", minutes="30")

        assert "<bdi data-fit>tuba</bdi>" in html
        assert "<b>8</b> people" in html
        assert "In the last 30 minutes" in html
        assert "PyConEx" not in html

    async def test_too_few_people_are_no_trend(self, yesterday, say, shown):
        await say(*self.about("tuba"))

        assert await shown("trends", people=9) is None

    async def test_a_phrase_names_its_posts_so_that_it_leaves_with_them(self, yesterday, say, shown):
        posts = await say(*self.about("tuba"))

        html = await shown("trends")

        assert f'data-posts="{" ".join(sorted(post.id for post in posts))}"' in html

    async def test_words_that_rules_look_for_are_never_shown(self, store, event, yesterday, say, shown):
        await say(*self.about("tuba"))
        before = await shown("trends")

        await store.rules.change(event.slug, lambda _: [Rule(id="a", kind="words", entries=("tub*",))])

        assert "tuba" in before
        assert "tuba" not in (await shown("trends") or "")

    async def test_words_of_removed_posts_are_gone(self, store, event, yesterday, say, shown):
        posts = await say(*self.about("tuba"))
        before = await shown("trends")

        for post in posts:
            standing = await store.posts.get(event.slug, post.id)
            await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

        assert "tuba" in before
        assert await shown("trends") is None

    async def test_a_span_that_is_none_is_the_usual_one(self, yesterday, say, shown):
        await say(*self.about("tuba"))

        assert "In the last 30 minutes" in await shown("trends", minutes="soon")


class TestPeople:
    async def test_everybody_is_there_once_newest_voices_first(self, say, shown):
        for number in (1, 2, 3, 1):
            await say(a_post(author=author(number)), now=NOW + timedelta(seconds=number))
        await say(a_post(author=author(1)), now=NOW + timedelta(minutes=1))

        html = await shown("people")

        assert html.count('class="person"') == 3
        assert html.index("Person 1") < html.index("Person 3") < html.index("Person 2")

    async def test_a_face_is_our_own_copy_or_a_letter(self, say, shown):
        face = author(1, avatar=Picture("pic1", 96, 96), avatar_url="https://social.example/face.png")
        coded = author(2, avatar=Picture("pic2", 96, 96, codes=("https://spam.example",)))
        (post, *_) = await say(a_post(author=face), a_post(author=coded), a_post(author=author(3)))

        html = await shown("people")

        assert html.count("<img") == 1
        assert f"/media/{post.id}/pic1/thumb" in html
        assert "social.example/face" not in html

    async def test_who_left_is_restricted_gave_no_name_or_is_a_program_is_not_there(
        self, store, event, say, shown
    ):
        nameless = Author(uid="form:1", handle="", name=SOMEONE)
        await say(*(a_post(author=author(number)) for number in range(6)))
        await say(a_post(author=nameless), a_post(author=author(7, bot=True)))
        await store.posts.forget(event.slug, "ap:1", now=NOW)
        restriction = Restriction(author="ap:2", name="Person 2", by="mia", by_name="Mia", at=NOW)
        await store.authors.restrict(event.slug, restriction, now=NOW)

        html = await shown("people")

        assert [number for number in range(8) if f"Person {number}<" in html] == [0, 3, 4, 5]
        assert SOMEONE not in html

    async def test_who_writes_for_the_first_time_is_marked_once_the_wall_is_older(self, site, say, shown):
        await say(*(a_post(author=author(number)) for number in range(3)))
        early = await shown("people")
        site.later(hours=2)
        await say(a_post(author=author(1)), now=site.time)
        await say(a_post(author=author(4)), now=site.time + timedelta(seconds=1))

        late = await shown("people")

        assert "First post here" not in early
        assert late.count("First post here") == 1
        assert late.index("Person 4") < late.index("First post here") < late.index("Person 1")

    async def test_a_name_is_escaped(self, say, shown):
        names = [replace(author(number), name="<b>X</b>\u202eevil") for number in range(3)]
        await say(*(a_post(author=one) for one in names))

        assert '<bdi class="person__name">&lt;b&gt;X' in await shown("people")


class TestQuestions:
    async def test_posts_that_ask_are_shown_newest_and_oldest_in_turn(self, say, shown):
        for number in range(4):
            await say(a_post(f"Question {number}?"), now=NOW + timedelta(seconds=number))
        await say(a_post("No question"))

        html = await shown("questions")

        places = [html.index(f"Question {number}?") for number in (3, 0, 2, 1)]
        assert places == sorted(places)
        assert "No question" not in html

    async def test_a_pinned_one_is_large_and_first_however_old(self, site, store, event, say, shown):
        (pinned,) = await say(a_post("Pinned?"))
        standing = await store.posts.get(event.slug, pinned.id)
        await store.posts.decide(event.slug, a_decision("pin", standing), now=NOW)
        site.later(hours=5)
        await say(a_post("New?", author=ALICE), now=site.time)

        html = await shown("questions", title="Ask <us>")

        assert html.index(f'data-post="{pinned.id}" data-always') < html.index("New?")
        assert html.count("data-always") == 1
        assert "Ask &lt;us&gt;" in html

    async def test_old_ones_are_not_shown_any_more(self, site, say, shown):
        await say(a_post("Old?"))
        site.later(hours=3, seconds=1)

        assert await shown("questions", hours=3) is None

    async def test_what_stands_behind_a_warning_is_not_asked_aloud(self, say, shown):
        await say(a_post("Why?", content_warning="Spoiler"), a_post("How?", sensitive=True))

        assert await shown("questions") is None

    async def test_a_question_that_left_the_wall_is_gone(self, store, event, say, shown):
        (post,) = await say(a_post("Why?"))
        before = await shown("questions")

        await store.posts.withdraw(event.slug, post.uid, now=NOW)

        assert f'id="post-{post.id}"' in before
        assert await shown("questions") is None
