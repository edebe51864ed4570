"""Days that an event keeps things: told, warned of, and held to."""

import secrets
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.kept import in_redis
from tests.pictures import plain
from wall.core.moderation import Verdict
from wall.core.participation import NEW
from wall.core.post import Media
from wall.core.retention import Retention
from wall.core.source import SourceSettings
from wall.errors import NotFound
from wall.retaining import Retainer
from wall.store.keys import EventKeys
from wall.store.submission import Submission


@pytest.fixture
async def olgas(site, olga):
    return await site.browser_of(olga)


@pytest.fixture
def look(site, store):
    async def look(**passed):
        site.later(**passed)
        await Retainer(store, site.services["eraser"], lambda: site.time).look()

    return look


@pytest.fixture
def keeps(store, event):
    async def keeps(ends=NOW.date(), **days):
        retention = Retention(**days)
        return await store.events.change(event.slug, lambda one: replace(one, ends=ends, retention=retention))

    return keeps


@pytest.fixture
async def post(site, store, event):
    """A post on the wall, with a picture."""
    picture = await site.services["pictures"].keep_bytes(plain(colour="sienna"), kind="photo")
    photo = Media(kind="image", url="https://x.example/a.png", picture=picture)
    post = a_post("A nightingale #PyConEx", media=(photo,), language="en")
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    await store.posts.decide(
        event.slug, a_decision("approve", await store.posts.get(event.slug, post.id)), now=NOW
    )
    return post


async def test_once_its_days_are_over_a_post_is_gone_and_counted(site, store, event, post, keeps, look):
    await keeps(posts=10)
    await look(days=10)
    assert (await store.posts.get(event.slug, post.id)).post.text  # the control: on the last day it is there

    await look(days=1)

    assert await in_redis(store.database, "nightingale") == set()
    assert (await store.posts.get(event.slug, post.id)).post.text == ""
    assert site.services["pictures"].open(post.pictures[0].id, "screen") is None
    figures = await store.retentions.figures(event.slug)
    assert (figures.posts, figures.people, figures.networks) == (1, 1, {"mastodon": 1})
    assert (figures.languages, figures.days) == ({"en": 1}, {"2026-06-12": 1})
    assert ALICE.handle not in repr(figures)


async def test_what_comes_in_later_goes_at_the_next_look_and_is_not_counted(store, event, post, keeps, look):
    await keeps(posts=10)
    await look(days=11)
    late = a_post("A late nightingale #PyConEx")
    await store.posts.submit(event.slug, [Submission(late, Verdict())], now=NOW)

    await look(minutes=10)

    assert (await store.posts.get(event.slug, late.id)).post.text == ""
    assert (await store.retentions.figures(event.slug)).posts == 1


async def test_where_nothing_is_to_be_left_the_event_is_erased(store, event, post, keeps, look):
    await keeps(posts=10, left="nothing")

    await look(days=11)

    with pytest.raises(NotFound):
        await store.events.get(event.slug)
    assert (await store.erasures.last(event.slug)).by_name == "the days it is kept"


async def test_threads_and_what_participants_said_go_on_their_own_day(site, store, event, post, keeps, look):
    await keeps(threads=1, participants=3)
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
    await store.events.change(event.slug, lambda one: replace(one, participation=NEW))
    browser = site.browser()
    await browser.get(f"/{event.slug}/join")
    form = {"text": "Hello", "name": "Nightjar", "nonce": secrets.token_hex(16)}
    await browser.post(f"/{event.slug}/join", data=form)
    await site.store.back_channels.secret(event.slug)  # which has a key
    keys = EventKeys(event.slug)

    def there(prefix):
        return in_redis(store.database, prefix)

    assert await there(keys.participant(""))
    assert await there(keys.back_channels)

    await look(days=2)
    assert not await there(keys.back_channels)
    assert await there(keys.participant(""))
    await look(days=2)
    assert not await there(keys.participant(""))
    assert (await store.posts.get(event.slug, post.id)).post.text  # posts have no day


async def test_one_at_a_time_works_on_an_event(store, event, post, keeps, look):
    await keeps(posts=1)
    assert await store.retentions.lease(event.slug, "somebody else")

    await look(days=9)

    assert (await store.posts.get(event.slug, post.id)).post.text


async def test_the_organiser_is_warned_for_a_week_before(site, event, olgas, keeps):
    await keeps(posts=10)
    pages = []
    for days in (2, 1, 7):
        site.later(days=days)
        site.time = site.time.replace(hour=9)
        session = olgas.cookies  # signed in anew, for a session ends after twelve hours
        session.set("session", await site.secret_of(await the(site, "Olga")))
        pages.append("Posts and their pictures: erased after" in (await olgas.get(f"/organise/{event.slug}")).text)

    assert pages == [False, True, True]


async def the(site, name):
    return next(one for one in await site.store.people.all() if one.name == name)


async def test_the_form_sets_days_and_everybody_reads_them(site, store, event, olgas):
    await store.events.change(event.slug, lambda one: replace(one, ends=date(2026, 6, 14)))

    answer = await olgas.post(
        f"/organise/{event.slug}/retention", data={"posts": "30", "threads": "", "left": "figures"}
    )
    page = (await site.browser().get(f"/{event.slug}/privacy")).text

    assert answer.status_code == 303
    assert (await store.events.get(event.slug)).retention == Retention(posts=30)
    assert "until 14 July 2026" in page.replace("\xa0", " ")
    assert "Figures are left" in page


@pytest.mark.parametrize("values", [{"posts": "0"}, {"posts": "x"}, {"threads": "99999"}, {"left": "all"}])
async def test_days_that_make_no_sense_are_refused(store, event, olgas, values):
    await store.events.change(event.slug, lambda one: replace(one, ends=date(2026, 6, 14)))

    answer = await olgas.post(f"/organise/{event.slug}/retention", data=values)

    assert answer.status_code == 422
    assert (await store.events.get(event.slug)).retention == Retention()


async def test_without_a_last_day_there_is_nothing_to_count_from(event, olgas):
    answer = await olgas.post(f"/organise/{event.slug}/retention", data={"posts": "30"})

    assert (answer.status_code, "when the event ends" in answer.text) == (422, True)


async def test_other_settings_leave_the_days_alone(store, event, olgas, keeps):
    await keeps(posts=10)

    await olgas.post(
        f"/organise/{event.slug}/settings", data={"title": "New", "hashtags": "X", "ends": "2026-06-14"}
    )

    kept = await store.events.get(event.slug)
    assert (kept.title, kept.retention) == ("New", Retention(posts=10))


async def test_the_page_about_privacy_says_what_this_event_does(site, store, event):
    browser = site.browser()
    plainly = (await browser.get(f"/{event.slug}/privacy")).text
    await store.sources.save(event.slug, SourceSettings(id="m", kind="mastodon", options={"servers": "x.example"}))
    changed = {"back_channels": True, "questions": "open", "listens": "no", "host": "Olga, desk 3"}
    await store.events.change(event.slug, lambda one: replace(one, **changed))

    fully = (await browser.get(f"/{event.slug}/privacy")).text

    for words in ("Private threads.", "Votes.", "Public posts with the hashtag.", "Olga, desk 3"):
        assert (words in plainly, words in fully) == (False, True), words
    assert ("How posts sound." in plainly, "How posts sound." in fully) == (True, False)
