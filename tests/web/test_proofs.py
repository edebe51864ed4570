"""What an event may ask people to show first: a link by e-mail, a ticket code, or signing in elsewhere."""

import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.kept import READ
from tests.mail_server import receiving
from tests.oidc import running_provider, signed_in_there
from tests.web.site import Site
from wall import catalogs
from wall.catalogs import Catalog
from wall.core.moderation import Status
from wall.core.participation import Participation
from wall.core.source import SourceSettings

HELD = READ | {b"none": ("GET",)}  # it is gone by now


@pytest.fixture
def asking(store, event):
    async def asking(who):
        """Have the event ask for something."""
        await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
        await store.events.change(event.slug, lambda event: replace(event, participation=Participation(who=who)))

    return asking


@pytest.fixture
def write(event):
    async def write(browser, text="Hello"):
        form = {"text": text, "nonce": secrets.token_hex(16)}
        return (await browser.post(f"/{event.slug}/join", data=form)).status_code

    return write


def browser_of(site):
    browser = site.browser()
    browser.follow_redirects = True
    return browser


async def posts(store, event):
    page = await store.posts.page(event.slug, Status.WAITING, limit=10)
    return [standing.post for _, standing in page]


async def authors(store, event):
    return [post.author.uid for post in await posts(store, event)]


# E-mail


@pytest.fixture
async def mailbox():
    async with receiving() as mailbox:
        yield mailbox


@pytest.fixture
async def mailing_site(redis_server, tmp_path, mailbox, asking):
    await asking("mail")
    settings = {"mail_url": mailbox.url, "mail_from": "wall@example.org"}
    async with Site(tmp_path, redis_server.url, **settings).running() as site:
        yield site


def link_in(letter):
    text = letter.get_payload(decode=True).decode()
    return re.search(r"http://127\.0\.0\.1(/\S+/join/link\?l=\S+)", text)[1]


async def ask_for_link(browser, event, address):
    return await browser.post(f"/{event.slug}/join/mail", data={"address": address})


async def use(browser, event, link):
    page = await browser.get(link)
    words = re.search(r'name="link" value="([^"]*)"', page.text)
    return await browser.post(f"/{event.slug}/join/link", data={"link": words[1] if words else ""})


async def test_who_opens_the_link_that_was_sent_to_them_takes_part(mailing_site, mailbox, store, event, write):
    browser = browser_of(mailing_site)
    await browser.get(f"/{event.slug}/join")
    before = await write(browser)
    asked = await ask_for_link(browser, event, "Ana@example.org")
    (letter,) = mailbox.letters

    used = await use(browser, event, link_in(letter))

    assert (before, await write(browser)) == (403, 200)
    assert "Look into your mail." in asked.text
    assert "Say it on the wall." in used.text


async def test_an_address_is_one_participant_in_every_browser_and_is_kept_nowhere(
    mailing_site,
    mailbox,
    store,
    event,
    write,
):
    for address in ("ana@example.org", "ANA+again@example.org", "bob@example.org"):
        browser = browser_of(mailing_site)
        await ask_for_link(browser, event, address)
        await use(browser, event, link_in(mailbox.letters[-1]))
        assert await write(browser, f"From {address.partition('@')[0]}") == 200

    one, again, other = reversed(await authors(store, event))
    assert one == again != other
    everything = [one async for one in all_values(store, event)]
    assert any(b"From ana" in one for one in everything)
    assert not any(b"example.org" in one for one in everything)


async def all_values(store, event):
    """Yield the names of all keys of an event, and what they hold; DUMP would compress some of it beyond recognition."""
    own = re.compile(rb"%b(?!\d)" % event.slug.encode())  # event-1 is not event-12
    cursor = 0
    while True:
        cursor, keys = await store.database.command("SCAN", cursor, "MATCH", f"*{event.slug}*", "COUNT", 1000)
        for key in filter(own.search, keys):
            name, *rest = HELD[await store.database.command("TYPE", key)]
            yield key + b" " + repr(await store.database.command(name, key, *rest)).encode()
        if int(cursor) == 0:
            return


async def test_a_link_works_once_within_half_an_hour_and_by_no_other_program(mailing_site, mailbox, event, write):
    await ask_for_link(browser_of(mailing_site), event, "ana@example.org")
    link = link_in(mailbox.letters[0])
    scanner, first, second, late = (browser_of(mailing_site) for _ in range(4))

    await scanner.get(link)
    await use(first, event, link)
    again = await use(second, event, link)
    mailing_site.later(minutes=31)
    too_late = await late.get(link)

    assert [await write(one) for one in (scanner, first, second)] == [403, 200, 403]
    assert (again.status_code, too_late.status_code) == (403, 403)
    assert "too old, or was used already" in again.text


@pytest.mark.parametrize(
    "address", ["", "ana", "a@b.example\nBcc: c@d.example", "ana@example.org,bob@example.org"]
)
async def test_what_is_no_address_is_sent_nothing(mailing_site, mailbox, event, address):
    answer = await ask_for_link(browser_of(mailing_site), event, address)

    assert answer.status_code == 422
    assert "no e-mail address" in answer.text
    assert mailbox.letters == []


async def test_a_letter_is_in_the_language_of_the_page_it_was_asked_for_on(
    mailing_site, mailbox, event, monkeypatch
):
    said = {
        "Take part in %(event)s": ("Dabei sein: %(event)s",),
        "If it was not you, do nothing. Your address was not kept.": ("Waren Sie es nicht, tun Sie nichts.",),
    }
    monkeypatch.setattr(catalogs, "catalog", lambda code: Catalog(said if code == "de" else {}, lambda number: 0))
    browser = browser_of(mailing_site)
    browser.headers["accept-language"] = "de"
    await ask_for_link(browser, event, "ana@example.org")

    (letter,) = mailbox.letters
    assert "Waren Sie es nicht, tun Sie nichts." in letter.get_payload(decode=True).decode()
    assert str(make_header(decode_header(letter["subject"]))) == f"Dabei sein: {event.title}"


async def test_nobody_is_flooded_with_links(mailing_site, mailbox, event):
    answers = [await ask_for_link(browser_of(mailing_site), event, "ana@example.org") for _ in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert len(mailbox.letters) == 3


async def test_a_mail_that_could_not_be_sent_is_told(mailing_site, event):
    answer = await ask_for_link(browser_of(mailing_site), event, "nobody@example.org")

    assert answer.status_code == 503
    assert "could not be sent" in answer.text


# Ticket codes


@pytest.fixture
async def with_codes(site, event, asking, olga):
    await asking("code")
    organiser = await site.browser_of(olga)
    answer = await organiser.post(
        f"/organise/{event.slug}/participation/codes", data={"codes": "AB12-CD34\r\n\r\nef56gh78\nAB12 CD34"}
    )
    assert answer.status_code == 303
    return organiser


async def enter(browser, event, code, **fields):
    return await browser.post(f"/{event.slug}/join/code", data={"code": code} | fields)


@pytest.mark.usefixtures("with_codes")
async def test_who_has_a_code_takes_part(site, event, write):
    browser = browser_of(site)
    before, entered = await write(browser), await enter(browser, event, " ab12cd34 ")

    assert (before, await write(browser)) == (403, 200)
    assert "Say it on the wall." in entered.text


@pytest.mark.usefixtures("with_codes")
async def test_a_code_is_moved_with_words_and_stays_one_participant(site, store, event, write):
    old, new = browser_of(site), browser_of(site)
    await enter(old, event, "AB12-CD34")
    await write(old, "One")
    asked = await enter(new, event, "AB12-CD34")
    not_yet = await write(new)
    moves = re.search(r'name="moves" value="(\d+)"', asked.text)[1]

    moved = await enter(new, event, "AB12-CD34", moves=moves)

    assert "in use in another browser" in asked.text
    assert "Say it on the wall." in moved.text
    assert (not_yet, await write(new, "Two"), await write(old)) == (403, 200, 403)
    assert len(set(await authors(store, event))) == 1


@pytest.mark.usefixtures("with_codes")
@pytest.mark.parametrize(("later", "status"), [("code", 403), ("anybody", 200)])
async def test_who_had_a_code_before_has_nothing_of_who_has_it_now(
    site, store, event, asking, write, later, status
):
    old, new = browser_of(site), browser_of(site)
    await enter(old, event, "AB12-CD34")
    await write(old, "One")
    asked = await enter(new, event, "AB12-CD34")
    await enter(new, event, "AB12-CD34", moves=re.search(r'name="moves" value="(\d+)"', asked.text)[1])
    (post,) = await posts(store, event)
    await asking(later)

    page = await old.get(f"/{event.slug}/join")
    told = await old.get(f"/{event.slug}/join/mine")
    await old.post(f"/{event.slug}/join/removal", data={"post": post.id})
    await old.post(f"/{event.slug}/join/leaving", data={"do": "leave"})
    written = await write(old, "Two")
    own = [one.text for one in await posts(store, event) if one.author.uid == post.author.uid]

    assert (told.json(), "One" in page.text) == ([], False)
    assert (written, own) == (status, ["One"])
    assert [one["text"] for one in (await new.get(f"/{event.slug}/join/mine")).json()] == ["One"]


@pytest.mark.usefixtures("with_codes")
@pytest.mark.parametrize("code", ["", "WRONG-CODE", "x" * 5000, "ü", "AB12-CD3"])
async def test_a_code_that_there_is_not_lets_nobody_in(site, store, event, write, code):
    browser = browser_of(site)

    answer = await enter(browser, event, code)

    assert answer.status_code == 422
    assert "There is no such code." in answer.text
    assert await write(browser) == 403
    assert {one.why: one.count for one in await store.turned_away.all(event.slug)} == {"guess": 1, "code": 1}


@pytest.mark.usefixtures("with_codes")
async def test_codes_are_not_guessed_for_ever(monkeypatch, site, event):
    monkeypatch.setattr("wall.web.code_entry.MOST_TRIES", 2)

    answers = [await enter(browser_of(site), event, f"GUESS{n}X") for n in range(3)]

    assert [one.status_code for one in answers] == [422, 422, 429]


async def test_a_code_that_left_the_list_is_good_no_more(site, event, write, with_codes):
    browser = browser_of(site)
    await enter(browser, event, "AB12-CD34")

    await with_codes.post(f"/organise/{event.slug}/participation/codes", data={"codes": "ef56gh78"})

    assert await write(browser) == 403


async def test_the_organiser_sees_how_many_codes_there_are_and_none_of_them(site, event, with_codes):
    await enter(browser_of(site), event, "AB12-CD34")

    page = await with_codes.get(f"/organise/{event.slug}")

    assert "2, 1 in use" in page.text
    assert "AB12" not in page.text


async def test_a_list_with_a_code_that_is_easy_to_guess_is_refused_whole(event, with_codes):
    answer = await with_codes.post(
        f"/organise/{event.slug}/participation/codes", data={"codes": "GOOD-CODE-1\n1234"}
    )
    page = await with_codes.get(f"/organise/{event.slug}")

    assert answer.status_code == 422
    assert "“1234” is no code that is hard to guess" in answer.text
    assert "2, 0 in use" in page.text


# Signing in elsewhere


@pytest.fixture(scope="module")
def provider():
    with running_provider() as issuer:
        yield issuer


@pytest.fixture
async def signing_site(redis_server, tmp_path, provider, asking):
    await asking("oidc")
    settings = {"oidc_issuer": provider, "oidc_client": "wall", "oidc_secret": "secret", "private_addresses": True}
    async with Site(tmp_path, redis_server.url, **settings).running() as site:
        site.time = datetime.now(UTC)  # as the provider has it
        yield site


async def sign_in(browser, event, who):
    """Go to the provider, sign in there as somebody, and return the address that it sends one back to."""
    away = await browser.get(f"/{event.slug}/join/sign-in", follow_redirects=False)
    return await signed_in_there(away.headers["location"], who)


async def test_who_signed_in_takes_part_as_one_participant_in_every_browser(signing_site, store, event, write):
    for who in ("ana", "ana", "bob"):
        browser = browser_of(signing_site)
        assert await write(browser) == 403
        back = await browser.get(await sign_in(browser, event, who))
        assert "Say it on the wall." in back.text
        await write(browser)

    one, again, other = await authors(store, event)
    assert len({one, again, other}) == 2


async def test_the_provider_is_asked_with_pkce_state_and_nonce(signing_site, event):
    away = await signing_site.browser().get(f"/{event.slug}/join/sign-in")

    asked = parse_qs(urlsplit(away.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["scope"] == ["openid"]
    assert asked["redirect_uri"] == [f"http://127.0.0.1/{event.slug}/join/signed-in"]


async def test_what_was_begun_in_another_browser_ends_nowhere(signing_site, event, write):
    ana, eve = browser_of(signing_site), browser_of(signing_site)
    back = await sign_in(ana, event, "ana")
    await eve.get(f"/{event.slug}/join/sign-in", follow_redirects=False)

    answers = [await eve.get(back), await browser_of(signing_site).get(back)]

    assert [one.status_code for one in answers] == [403, 403]
    assert await write(eve) == 403


async def test_a_code_of_another_attempt_is_refused_by_its_verifier(signing_site, event, write):
    ana, eve = browser_of(signing_site), browser_of(signing_site)
    stolen = parse_qs(urlsplit(await sign_in(ana, event, "ana")).query)["code"][0]
    own = parse_qs(urlsplit(await sign_in(eve, event, "eve")).query)["state"][0]

    answer = await eve.get(f"/{event.slug}/join/signed-in", params={"code": stolen, "state": own})

    assert answer.status_code == 403
    assert await write(eve) == 403


async def test_who_declines_to_sign_in_is_told_so(signing_site, event):
    browser = browser_of(signing_site)
    state = parse_qs(urlsplit(await sign_in(browser, event, "ana")).query)["state"][0]

    answer = await browser.get(f"/{event.slug}/join/signed-in", params={"state": state, "error": "access_denied"})

    assert "You did not sign in." in answer.text


async def test_a_provider_that_does_not_answer_is_told_in_words(redis_server, tmp_path, event, asking):
    await asking("oidc")
    settings = {"oidc_issuer": "http://127.0.0.1:1", "oidc_client": "wall", "private_addresses": True}
    async with Site(tmp_path, redis_server.url, **settings).running() as site:
        answer = await site.browser().get(f"/{event.slug}/join/sign-in")

    assert answer.status_code == 403
    assert "does not answer" in answer.text
