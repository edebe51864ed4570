import re
import secrets
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision
from wall.core.matching import Terms
from wall.core.moderation import Status
from wall.core.source import SourceSettings
from wall.core.tickets import make_ticket
from wall.sources.form import LONGEST
from wall.web.writing import MOST_PER_PERSON


@pytest.fixture(autouse=True)
async def form(store, event):
    """The event takes posts from phones."""
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))


@pytest.fixture
def phone_at(site, store):
    async def phone_at(event):
        """Return a phone that scanned the code of an event's screen."""
        phone = site.browser()
        phone.follow_redirects = True
        ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
        page = await phone.get(f"/{event.slug}/join", params={"k": ticket})
        assert page.status_code == 200
        return phone

    return phone_at


@pytest.fixture
async def phone(phone_at, event):
    return await phone_at(event)


def written(text="Hello from row 7", **fields):
    return {"text": text, "name": "Ana", "nonce": secrets.token_hex(16)} | fields


async def posts(store, event, status=Status.WAITING):
    return [standing for _, standing in await store.posts.page(event.slug, status, limit=100)]


async def mine(phone, event):
    return (await phone.get(f"/{event.slug}/join/mine")).json()


async def test_who_scanned_the_code_writes_and_the_post_waits(store, event, phone):
    answer = await phone.post(f"/{event.slug}/join", data=written())

    (standing,) = await posts(store, event)
    assert "Thank you." in answer.text
    assert (standing.post.text, standing.post.author.name) == ("Hello from row 7", "Ana")
    assert standing.post.source.kind == "form"


async def test_the_form_on_the_page_is_the_form_that_is_sent(store, event, phone):
    page = await phone.get(f"/{event.slug}/join")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', page.text))

    await phone.post(f"/{event.slug}/join", data=fields | {"text": "Hello", "name": ""})

    assert len(await posts(store, event)) == 1


async def test_who_did_not_scan_the_code_cannot_post(site, store, event):
    browser = site.browser()
    await browser.get(f"/{event.slug}/join")

    answer = await browser.post(f"/{event.slug}/join", data=written())

    assert answer.status_code == 403
    assert "Scan the code again." in answer.text
    assert await posts(store, event) == []


@pytest.mark.parametrize("ticket", ["wrong", "ü", "\x00", "0" * 20, "x" * 3000])
async def test_a_ticket_that_is_none_lets_nobody_in(site, event, ticket):
    answer = await site.browser().get(f"/{event.slug}/join", params={"k": ticket})

    assert answer.status_code == 403


async def test_a_ticket_of_another_event_lets_nobody_in(site, store, event, other_event):
    ticket = make_ticket(await store.screens.secret(other_event.slug), other_event.slug, now=NOW)

    answer = await site.browser().get(f"/{event.slug}/join", params={"k": ticket})

    assert answer.status_code == 403


async def test_a_photograph_of_the_code_is_no_good_an_hour_later(site, store, event):
    ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
    site.later(hours=1)

    answer = await site.browser().get(f"/{event.slug}/join", params={"k": ticket})

    assert answer.status_code == 403


async def test_a_ticket_itself_admits_no_phone_as_its_mark(site, store, event):
    ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
    browser = site.browser()
    browser.cookies.set(f"join-{event.slug}", ticket)

    assert (await browser.post(f"/{event.slug}/join", data=written())).status_code == 403


async def test_a_phone_may_write_for_some_hours_and_must_then_scan_again(site, store, event, phone):
    site.later(hours=3)
    await phone.post(f"/{event.slug}/join", data=written())
    site.later(hours=2)

    answer = await phone.post(f"/{event.slug}/join", data=written("What I wrote <b>meanwhile</b>"))

    assert answer.status_code == 403
    assert "What I wrote &lt;b&gt;meanwhile" in answer.text
    assert len(await posts(store, event)) == 1


async def test_a_form_sent_twice_is_one_post(store, event, phone):
    form = written()

    for _ in range(2):
        await phone.post(f"/{event.slug}/join", data=form)

    assert len(await posts(store, event)) == 1
    assert len(await mine(phone, event)) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Write something first."),
        ({"text": " \n\u200b"}, "Write something first."),
        ({"text": "x" * (LONGEST + 1)}, f"{LONGEST + 1} characters"),
        ({"text": "x" * 30_000}, "fit on the wall"),
        ({"nonce": ""}, "not whole"),
        ({"nonce": "../" * 11}, "not whole"),
        ({"website": "https://spam.example"}, "hidden field"),
    ],
)
async def test_what_cannot_be_taken_is_refused_in_words_and_kept_in_the_form(store, event, phone, fields, words):
    answer = await phone.post(f"/{event.slug}/join", data=written(**fields))

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Ana"' in answer.text
    assert await posts(store, event) == []


async def test_a_phone_is_told_which_posts_are_not_taken_in(store, event, phone):
    await store.events.change(event.slug, lambda event: replace(event, terms=Terms(every=("x",), none=("ad",))))

    refused = await phone.post(f"/{event.slug}/join", data=written("Buy this #Ad"))
    await phone.post(f"/{event.slug}/join", data=written("Hello"))

    assert refused.status_code == 422
    assert "Only posts without #ad come in." in refused.text
    assert [standing.post.text for standing in await posts(store, event)] == ["Hello"]


async def test_a_long_post_of_emoji_families_is_counted_as_people_count(store, event, phone):
    await phone.post(f"/{event.slug}/join", data=written("👩‍👩‍👧‍👦" * LONGEST))

    assert len(await posts(store, event)) == 1


async def test_a_phone_that_sends_too_much_must_wait_a_minute(store, event, phone, phone_at):
    answers = [await phone.post(f"/{event.slug}/join", data=written(f"{n}")) for n in range(MOST_PER_PERSON + 1)]
    other = await phone_at(event)

    neighbour = await other.post(f"/{event.slug}/join", data=written("I may"))

    assert answers[-1].status_code == 429
    assert "You may write again in 1 minute." in answers[-1].text
    assert neighbour.status_code == 200
    assert len(await posts(store, event)) == MOST_PER_PERSON + 1


async def test_a_phone_without_cookies_is_told_to_allow_them(site, store, event, phone):
    bare = site.browser()
    bare.cookies.set(f"join-{event.slug}", phone.cookies[f"join-{event.slug}"])

    answer = await bare.post(f"/{event.slug}/join", data=written())

    assert answer.status_code == 403
    assert "with cookies allowed" in answer.text


async def test_more_than_one_file_is_refused(store, event, phone):
    files = [("picture", ("a.txt", b"Hello")), ("picture", ("b.txt", b"Hello"))]
    answer = await phone.post(f"/{event.slug}/join", data=written(), files=files)

    assert answer.status_code == 400
    assert await posts(store, event) == []


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ((), "waiting"),
        (("stash",), "waiting"),
        (("approve",), "approved"),
        (("reject",), "rejected"),
        (("approve", "remove"), "rejected"),
    ],
)
async def test_an_author_is_told_what_became_of_a_post(store, event, phone, kinds, told):
    await phone.post(f"/{event.slug}/join", data=written())
    (standing,) = await posts(store, event)

    for kind in kinds:
        standing = await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)

    assert await mine(phone, event) == [
        {"id": standing.post.id, "status": told, "reason": None, "name": "Ana", "text": "Hello from row 7"}
    ]


async def test_a_phone_sees_its_own_posts_and_no_others(event, other_event, phone, phone_at):
    await phone.post(f"/{event.slug}/join", data=written())
    other = await phone_at(event)

    assert len(await mine(phone, event)) == 1
    assert await mine(other, event) == []
    assert await mine(phone, other_event) == []
    assert "Hello from row 7" not in (await other.get(f"/{event.slug}/join")).text


async def test_the_secret_of_a_phone_is_in_no_answer(site, store, event, phone):
    await phone.post(f"/{event.slug}/join", data=written())
    (standing,) = await posts(store, event)
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    page, feed = await phone.get(f"/{event.slug}/join"), await site.browser().get(f"/{event.slug}/feed")

    assert phone.cookies["participant"] not in page.text + feed.text
    assert standing.post.author.uid.removeprefix("form:") not in page.text + feed.text


async def test_an_event_without_its_form_takes_nothing(store, event, phone):
    await store.sources.delete(event.slug, "form")

    answer = await phone.post(f"/{event.slug}/join", data=written())

    assert answer.status_code == 422
    assert await posts(store, event) == []


# Reasons, removal, leaving


async def test_an_author_reads_the_reason_that_a_moderator_gave(store, event, phone):
    await phone.post(f"/{event.slug}/join", data=written())
    (standing,) = await posts(store, event)
    decision = replace(a_decision("reject", standing), reason="Said <already>")

    await store.posts.decide(event.slug, decision, now=NOW)

    assert [post["reason"] for post in await mine(phone, event)] == ["Said <already>"]
    assert "Said &lt;already&gt;" in (await phone.get(f"/{event.slug}/join")).text


async def test_a_reason_is_told_to_its_author_and_nobody_else(site, store, event, phone):
    await phone.post(f"/{event.slug}/join", data=written())
    (standing,) = await posts(store, event)
    approved = await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    await store.posts.decide(event.slug, replace(a_decision("remove", approved), reason="Secret words"), now=NOW)

    paths = ("", "/feed", "/about", "/join", "/join/mine")
    others = [(await site.browser().get(f"/{event.slug}{path}")).text for path in paths]

    assert not any("Secret words" in text for text in others)


async def test_who_wrote_a_post_takes_it_off_the_wall(store, event, phone):
    await phone.post(f"/{event.slug}/join", data=written())
    (standing,) = await posts(store, event)
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    answer = await phone.post(f"/{event.slug}/join/removal", data={"post": standing.post.id})

    (withdrawn,) = await posts(store, event, Status.WITHDRAWN)
    assert withdrawn.post.text == ""
    assert "Taken off by you" in answer.text
    assert [post["status"] for post in await mine(phone, event)] == ["withdrawn"]


async def test_nobody_takes_off_what_another_phone_wrote(site, store, event, phone, phone_at):
    await phone.post(f"/{event.slug}/join", data=written())
    (standing,) = await posts(store, event)

    for browser in (await phone_at(event), site.browser()):
        await browser.post(f"/{event.slug}/join/removal", data={"post": standing.post.id})

    assert [one.status for one in await posts(store, event)] == [Status.WAITING]


@pytest.mark.parametrize("post", ["", "none", "x" * 5000, "ü\x00"])
async def test_taking_off_what_is_not_there_changes_nothing(event, phone, post):
    assert (await phone.post(f"/{event.slug}/join/removal", data={"post": post})).status_code == 200


async def test_a_phone_leaves_and_everything_from_it_is_gone_until_it_takes_part_again(store, event, phone, site):
    await phone.post(f"/{event.slug}/join", data=written())
    left = await phone.post(f"/{event.slug}/join/leaving", data={"do": "leave"})
    await phone.post(f"/{event.slug}/join", data=written("Still here?"))
    assert "You left this wall." in left.text
    assert await posts(store, event) == []

    site.later(seconds=1)
    back = await phone.post(f"/{event.slug}/join/leaving", data={"do": "return"})
    await phone.post(f"/{event.slug}/join", data=written("Here again"))

    assert "Say it on the wall." in back.text
    assert [one.post.text for one in await posts(store, event)] == ["Here again"]
    assert len(await posts(store, event, Status.WITHDRAWN)) == 1
