from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.core.mood import Mood
from wall.core.programme import Session
from wall.core.spoken import spoken, words_hash
from wall.counting import Counter
from wall.store.moods import Taught
from wall.store.submission import Submission

HOUR = timedelta(hours=1)
GUESS = "automatic guess, about half of unhappy posts are missed"


@pytest.fixture
def arrived(store, event):
    async def arrived(text, *, score=-0.6, status=Status.WAITING, language="en", created_at=NOW, **fields):
        post = replace(a_post(text), created_at=created_at)
        await store.posts.submit(event.slug, [Submission(post, Verdict(status=status))], now=NOW)
        standing = await store.posts.get(event.slug, post.id)
        mood = Mood(language=language, model="m", words=words_hash(spoken(text)), score=score, **fields)
        await store.moods.put(event.slug, [(standing, mood)])
        return post

    return arrived


@pytest.fixture
def desk(browser, event):
    return f"/{event.slug}/moderate/mood"


def said(post, says):
    return {"words": words_hash(spoken(post.text)), "says": says}


async def test_what_sounds_unhappy_is_listed_with_words_that_can_be_checked(browser, desk, arrived):
    await arrived("The wifi is terrible")
    await arrived("What a talk", score=0.7)

    page = (await browser.get(desk)).text

    assert "The wifi is terrible" in page
    assert f"Sounds unhappy ({GUESS})" in page
    assert "What a talk" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"score": 0.4}, f"Does not sound unhappy ({GUESS})"),
        ({"score": None, "language": "fi"}, "Not scored: Finnish"),
        ({"score": None, "language": "und"}, "Not scored: nobody can tell which language it is in"),
        (
            {"score": 0.4, "learned": 0.8, "taught": 120},
            "Sounds unhappy (automatic guess; this event’s moderators taught it 120 posts)",
        ),
    ],
)
async def test_the_line_on_a_card_says_how_a_post_sounds(browser, desk, arrived, fields, words):
    post = await arrived("Words", **fields)

    assert words in (await browser.get(f"{desk}/{post.id}")).json()["html"]


async def test_a_moderator_answers_and_takes_it_back(browser, desk, arrived):
    post = await arrived("The wifi is terrible")

    answered = await browser.post(f"{desk}/{post.id}", data=said(post, "not unhappy"))
    listed = (await browser.get(f"{desk}?order=said")).text
    empty = (await browser.get(desk)).text
    back = await browser.post(f"{desk}/{post.id}", data=said(post, ""), headers={"accept": "application/json"})

    assert answered.headers["location"] == f"{desk}?order=newest"
    assert "Mia says: not unhappy" in listed
    assert "The wifi is terrible" not in empty
    assert GUESS in back.json()["html"]


async def test_words_that_the_author_changed_are_read_again(browser, desk, arrived):
    post = await arrived("The wifi is terrible")

    answer = await browser.post(f"{desk}/{post.id}", data={**said(post, "unhappy"), "words": "others"})

    assert answer.status_code == 422
    assert "changed these words" in answer.text


@pytest.mark.parametrize("says", ["angry 87 %", "x" * 10_000, "\u202e"])
async def test_nothing_else_can_be_said(browser, desk, arrived, says):
    post = await arrived("The wifi is terrible")

    assert (await browser.post(f"{desk}/{post.id}", data=said(post, says))).status_code == 422


async def test_nobody_speaks_of_a_post_that_is_not_there(browser, desk, arrived):
    data = {"words": "", "says": "unhappy"}

    assert (await browser.post(f"{desk}/nothing", data=data)).status_code == 404


async def test_the_page_says_what_the_guess_learned(browser, store, event, desk):
    await store.moods.teach(event.slug, Taught(posts=120, better=True, learned=0.72, lexicon=0.61))

    assert "You taught the guess 120 posts" in (await browser.get(desk)).text


async def test_where_nobody_listens_the_desk_says_so(browser, store, event, desk, arrived):
    post = await arrived("The wifi is terrible")
    await store.events.change(event.slug, lambda event: replace(event, listens="no"))

    assert "Nobody listens" in (await browser.get(desk)).text
    assert (await browser.get(f"{desk}/{post.id}")).status_code == 404


async def test_the_page_draws_which_way_the_mood_goes(browser, store, event, desk, arrived):
    talk = Session(id="talk", title="On bridges", starts=NOW, ends=NOW + HOUR, by_hand=True)
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)
    for turn in range(25):
        await arrived(f"Nice talk {turn}", score=0.5 + turn / 100, created_at=NOW)
        await arrived(f"No badge {turn}", score=-0.4 - turn / 100, created_at=NOW + HOUR)
        await arrived(f"Jono {turn}", score=None, language="fi", created_at=NOW + HOUR)
    await Counter(store).count(event.slug)

    page = (await browser.get(desk)).text

    assert "Mood in the hour from 10:00" in page
    assert "lower than in the hours before (n = 25 posts scored of 50)" in page
    assert 'data-direction="lower"' in page
    assert "On bridges" in page
