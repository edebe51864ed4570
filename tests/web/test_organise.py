import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.cast import NOW
from wall.core import participation
from wall.core.event import RESERVED_SLUGS, Event
from wall.core.matching import Terms
from wall.core.source import SourceSettings
from wall.errors import NotAllowed, NotFound
from wall.sources.base import Option
from wall.sources.registry import KINDS, source_class
from wall.store.fares import Happened

NEW = {
    "slug": "pycon-2026",
    "title": "PyCon Example",
    "hashtags": "#PyConEx, pycon",
    "timezone": "Europe/Berlin",
    "starts": "2026-06-12",
    "ends": "2026-06-13",
}
SETTINGS = {
    **NEW,
    "theme": "light",
    "accent": "#00AA55",
    "hold_posts": "5",
    "hold_seconds": "90",
}

TERMS = {
    "aliases": "#PyCon26 Köln",
    "every": "berlin",
    "none": "#ad, 🐍",
    "since": "2026-06-12",
    "languages": "de, PT_br",
    "continuations": "on",
}

ROUTES = [
    ("GET", ""),
    ("GET", "/health"),
    ("GET", "/sources"),
    ("GET", "/settings"),
    ("POST", "/settings"),
    ("POST", "/sources"),
    ("POST", "/sources/form"),
    ("POST", "/sources/form/deletion"),
    ("POST", "/modes"),
    ("POST", "/moderators"),
    ("POST", "/moderators/{mia}/link"),
    ("POST", "/moderators/{mia}/revocation"),
    ("POST", "/moderators/{mia}/sessions/x"),
    ("POST", "/screens"),
    ("POST", "/screens/x/revocation"),
]


@pytest.fixture
def base(event):
    return f"/organise/{event.slug}"


@pytest.fixture
async def form(store, event):
    """The event's form for the room, as creating an event makes it."""
    settings = SourceSettings(id="form", kind="form")
    await store.sources.save(event.slug, settings)
    return settings


@pytest.fixture
async def browser(wall, olga):
    return await wall.browser_of(olga)


@pytest.fixture
async def forgotten(store):
    """The event that tests make is forgotten before and after."""
    await store.database.command("DEL", "wall:{pycon-2026}:event", "wall:{pycon-2026}:sources")
    yield
    await store.database.command("DEL", "wall:{pycon-2026}:event", "wall:{pycon-2026}:sources")
    await store.database.command("SREM", "wall:{events}:slugs", "pycon-2026")


def told(page):
    """Return what a page shows once: the values of its fields that can only be read."""
    return [
        part.split('"')[0] for part in page.text.split('copy__text" ')[1:] for part in [part.split('value="')[1]]
    ]


class TestWhoMayAsk:
    @pytest.mark.parametrize(("method", "path"), ROUTES)
    async def test_nobody_but_organisers_of_this_event(
        self, wall, store, event, form, base, mia, otto, zed, method, path
    ):
        path = base + path.format(mia=mia.id)
        refused = [await wall.browser_of(person) for person in (mia, otto, zed)]

        answers = [await one.request(method, path, data=SETTINGS if method == "POST" else None) for one in refused]
        unknown = await wall.browser().request(method, path)

        assert [answer.status_code for answer in answers] == [403, 403, 403]
        assert unknown.status_code == {"GET": 303, "POST": 401}[method]
        assert await store.events.get(event.slug) == event
        assert await store.sources.all(event.slug) == [form]
        assert await store.screens.all(event.slug) == []
        assert (await store.people.get(mia.id)).role(event.slug) == "moderator"

    @pytest.mark.parametrize(("method", "path"), ROUTES)
    async def test_another_site_may_post_nothing(self, wall, event, form, browser, base, mia, method, path):
        answer = await browser.post(
            base + path.format(mia=mia.id), data=SETTINGS, headers={"sec-fetch-site": "cross-site"}
        )

        assert answer.status_code == 403
        assert await wall.store.events.get(event.slug) == event

    @pytest.mark.parametrize(("method", "path"), ROUTES)
    async def test_nothing_is_organised_over_a_line_that_others_read(
        self, wall, store, form, event, browser, base, mia, method, path
    ):
        elsewhere = wall.browser(address="192.0.2.7")
        elsewhere.cookies.update(browser.cookies)

        answer = await elsewhere.request(method, base + path.format(mia=mia.id))

        assert answer.status_code == 403
        assert "--insecure-lan" in answer.text

    @pytest.mark.parametrize(("method", "path"), ROUTES)
    async def test_a_form_without_its_fields_is_never_a_server_error(self, form, browser, base, mia, method, path):
        path = base + path.format(mia=mia.id)

        answers = [
            await browser.request(method, path),
            await browser.request(method, path, content=b"\xff%%=&kind", headers={"content-type": "text/plain"}),
            await browser.request(method, path, files={"title": b"a file"}),
        ]

        assert max(answer.status_code for answer in answers) < 500

    async def test_a_revoked_organiser_is_out_at_the_next_request(self, wall, event, browser, base, olga):
        assert (await browser.get(base)).status_code == 200

        await wall.store.people.grant(olga.id, event.slug, None)

        assert (await browser.get(base)).status_code == 303

    async def test_an_unknown_event_is_not_found(self, browser):
        answer = await browser.get("/organise/no-such-event")

        assert answer.status_code == 404
        assert "There is no event" in answer.text


class TestEvents:
    async def test_the_list_has_the_events_a_person_works_on(self, wall, mia, event, other_event):
        page = await (await wall.browser_of(mia)).get("/organise")

        assert f'href="/{event.slug}/moderate"' in page.text
        assert other_event.title not in page.text
        assert "New event" not in page.text

    async def test_an_owner_makes_an_event_with_a_form_for_the_room(self, wall, store, owner, forgotten):
        browser = await wall.browser_of(owner)

        answer = await browser.post("/organise", data=NEW)

        assert (answer.status_code, answer.headers["location"]) == (303, "/organise/pycon-2026")
        assert await store.events.get("pycon-2026") == Event(
            slug="pycon-2026",
            participation=participation.NEW,
            title="PyCon Example",
            hashtags=("PyConEx", "pycon"),
            keys=("pyconex", "pycon"),
            timezone="Europe/Berlin",
            starts=date(2026, 6, 12),
            ends=date(2026, 6, 13),
        )
        assert [one.kind for one in await store.sources.all("pycon-2026")] == ["form"]
        assert (await browser.get("/organise/pycon-2026")).status_code == 200

    async def test_only_an_owner_makes_events(self, browser, store, forgotten):
        answer = await browser.post("/organise", data=NEW)

        assert answer.status_code == 403
        with pytest.raises(NotFound):
            await store.events.get("pycon-2026")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("title", "\u200b\u202e"),
            ("slug", ""),
            ("slug", "a"),
            ("slug", "a" * 41),
            ("slug", "py con"),
            ("slug", "pyçon"),
            ("slug", "../etc"),
            *[("slug", slug) for slug in sorted(RESERVED_SLUGS)],
            ("hashtags", ""),
            ("hashtags", "2026"),
            ("hashtags", "#"),
            ("hashtags", " ".join(f"tag{number}" for number in range(50))),
            ("timezone", "Mars/Olympus"),
            ("timezone", "../../etc/passwd"),
            ("starts", "tomorrow"),
            ("ends", "2026-06-11"),
        ],
    )
    async def test_what_cannot_be_used_is_said_beside_its_field(self, wall, owner, forgotten, field, value):
        browser = await wall.browser_of(owner)

        page = await browser.post("/organise", data={**NEW, field: value})

        assert page.status_code == 422
        assert "field__error" in page.text
        assert 'value="PyCon Example"' in page.text or field == "title"

    async def test_a_slug_that_is_taken_is_said_so(self, wall, owner, event):
        page = await (await wall.browser_of(owner)).post("/organise", data={**NEW, "slug": event.slug})

        assert page.status_code == 422
        assert f"There is an event “{event.slug}” already." in page.text

    async def test_what_is_typed_is_shown_as_text(self, wall, owner):
        page = await (await wall.browser_of(owner)).post(
            "/organise", data={"title": '"><script>alert(1)</script>'}
        )

        assert "<script>alert" not in page.text

    async def test_settings_change_the_event_and_its_version(self, store, event, browser, base):
        answer = await browser.post(f"{base}/settings", data=SETTINGS)

        after = await store.events.get(event.slug)
        assert answer.status_code == 303
        assert (after.slug, after.version, after.keys) == (event.slug, event.version + 1, ("pyconex", "pycon"))
        assert (after.theme, after.accent) == ("light", "#00aa55")
        assert (after.hold_posts, after.hold_seconds) == (5, 90)

    async def test_replies_come_in_without_a_hashtag_once_an_organiser_wants_them(
        self, store, event, browser, base
    ):
        before = (await browser.get(base)).text
        await browser.post(f"{base}/settings", data={**SETTINGS, "replies": "wait"})

        assert 'name="replies" value="no" checked' in before
        assert 'name="replies" value="wait" checked' in (await browser.get(base)).text
        assert (await store.events.get(event.slug)).replies == "wait"

    async def test_switches_of_pictures_are_off_until_somebody_turns_them_on(self, store, event, browser, base):
        before = (await browser.get(base)).text
        await browser.post(f"{base}/settings", data={**SETTINGS, "two_eyes": "on", "show_codes": "on"})
        on, shown = await store.events.get(event.slug), (await browser.get(base)).text
        await browser.post(f"{base}/settings", data=SETTINGS)
        off = await store.events.get(event.slug)

        assert [(one.two_eyes, one.show_codes) for one in (event, on, off)] == [
            (False,) * 2,
            (True,) * 2,
            (False,) * 2,
        ]
        for name in ("two_eyes", "show_codes"):
            assert f'name="{name}">' in before
            assert f'name="{name}" checked>' in shown

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("accent", "red"),
            ("accent", "#fff; }"),
            ("theme", "pink"),
            ("replies", "maybe"),
            ("hashtags", "#!"),
            ("hold_posts", "0"),
            ("hold_seconds", "²"),
        ],
    )
    async def test_settings_that_cannot_be_used_change_nothing(self, store, event, browser, base, field, value):
        page = await browser.post(f"{base}/settings", data={**SETTINGS, field: value})

        assert page.status_code == 422
        assert "Nothing was changed." in page.text
        assert await store.events.get(event.slug) == event

    async def test_a_hashtag_of_another_event_is_pointed_out(self, browser, base, other_event):
        page = await browser.get(base)

        assert "#PyConEx is read for “Other Meet” as well" in page.text

    async def test_more_can_be_said_about_which_posts_come_in(self, store, event, browser, base):
        answer = await browser.post(f"{base}/settings", data={**SETTINGS, **TERMS})

        after = await store.events.get(event.slug)
        page = await browser.get(base)
        assert answer.status_code == 303
        assert after.hashtags == ("PyConEx", "pycon")
        assert after.keys == ("pyconex", "pycon", "pycon26", "koln")
        assert after.terms == Terms(
            aliases=("PyCon26", "Köln"),
            every=("berlin",),
            none=("ad", "🐍"),
            since=date(2026, 6, 12),
            languages=("de", "pt-BR"),
            continuations=True,
        )
        assert (
            "Only posts also with #berlin, without #ad and #🐍, from 12 June 2026, in de, pt-BR come in."
            in page.text
        )
        assert 'setting-more" open>' in page.text
        assert all(f'value="{value}"' in page.text for value in ("#PyCon26 #Köln", "#ad #🐍", "de pt-BR"))

    async def test_of_an_event_with_hashtags_alone_the_rest_is_folded_away(self, browser, base):
        page = await browser.get(base)

        assert 'setting-more">' in page.text
        assert "Only posts" not in page.text

    @pytest.mark.parametrize(
        ("values", "field", "words"),
        [
            ({"aliases": "2026"}, "aliases", "no network takes digits alone"),
            ({"every": "#PYCONEX"}, "every", "#PYCONEX is a hashtag of the event already"),
            ({"aliases": "py26", "every": "Py26"}, "every", "#Py26 is a hashtag of the event already"),
            ({"none": "#pycon"}, "none", "Posts cannot have #pycon and be left out for it"),
            ({"every": "berlin", "none": "Berlin"}, "none", "Posts cannot have #Berlin and be left out for it"),
            ({"aliases": " ".join(f"tag{number}" for number in range(11))}, "aliases", "At most 12"),
            ({"none": " ".join(f"tag{number}" for number in range(13))}, "none", "At most 12"),
            ({"since": "tomorrow"}, "since", "A day is written like"),
            ({"until": "0001-01-01"}, "until", "A day between 2000 and 2199"),
            ({"since": "2026-06-13", "until": "2026-06-12"}, "until", "before the first one"),
            ({"languages": "de klingonisch"}, "languages", "“klingonisch” is no language"),
        ],
    )
    async def test_terms_that_cannot_be_used_are_said_beside_their_field(
        self, store, event, browser, base, values, field, words
    ):
        page = await browser.post(f"{base}/settings", data={**SETTINGS, **values})

        said = re.search(rf'id="settings-{field}-error">([^<]*)<', page.text)
        assert page.status_code == 422
        assert words in said[1]
        assert 'setting-more" open>' in page.text
        assert await store.events.get(event.slug) == event

    async def test_what_networks_make_of_a_hashtag_is_pointed_out(self, browser, base):
        long = "x" * 70
        await browser.post(f"{base}/settings", data={**SETTINGS, "aliases": f"PyCöñ #🐍 #{long}"})

        page = await browser.get(base)

        assert "#pycon and #PyCöñ are the same hashtag to the wall" in page.text
        assert "#🐍 works on Bluesky" in page.text
        assert f"#{long} is longer than Bluesky lets" in page.text

    async def test_every_label_is_of_one_field(self, wall, browser, base, form, mia):
        await wall.browser_of(mia)
        await browser.post(f"{base}/sources", data={"kind": "webhook"})
        await browser.post(f"{base}/screens", data={"name": "Main hall"})

        page = await browser.get(base)

        ids = re.findall(r' id="([^"]*)"', page.text)
        assert sorted(ids) == sorted(set(ids))
        assert set(re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]*)"', page.text)) <= set(ids)

    async def test_a_form_reloaded_as_a_page_leads_back_to_its_place(self, browser, base):
        assert (await browser.get(f"{base}/screens")).headers["location"] == f"{base}#screens"
        assert (await browser.get(f"{base}/nonsense")).status_code == 404


class TestSources:
    async def test_every_kind_offers_its_options(self, wall, owner, base):
        page = await (await wall.browser_of(owner)).get(base)

        for kind in KINDS:
            source = source_class(kind)
            assert source.title in page.text
            assert all(f'name="{option.name}"' in page.text for option in source.options)

    async def test_what_is_for_experts_is_folded_until_it_cannot_be_used(self, browser, base):
        before = (await browser.get(base)).text
        after = (await browser.post(f"{base}/sources", data={"kind": "bluesky", "jetstreams": "nonsense://"})).text

        assert '<details class="experts">' in before
        assert '<details class="experts" open>' not in before
        assert '<details class="experts" open>' in after

    async def test_what_costs_money_is_offered_apart_with_its_terms(self, wall, owner, base):
        page = unescape((await (await wall.browser_of(owner)).get(base)).text)

        free, limited = page.split("Paid and limited services")
        for kind in KINDS:
            terms = getattr(source_class(kind), "terms", "")
            assert f'name="kind" value="{kind}"' in (limited if terms else free)
            assert terms in limited

    async def test_a_source_is_added(self, store, event, browser, base):
        answer = await browser.post(f"{base}/sources", data={"kind": "nostr", "relays": "relay.example.org"})

        (source,) = await store.sources.all(event.slug)
        assert answer.headers["location"] == f"{base}#sources"
        assert (source.kind, dict(source.options)) == ("nostr", {"relays": "wss://relay.example.org"})

    @pytest.mark.parametrize(
        "values",
        [
            {},
            {"kind": "telepathy"},
            {"kind": "nostr"},
            {"kind": "nostr", "relays": "https://not.a.relay"},
            {"kind": "nostr", "relays": "r" * 5000},
            {"kind": "feed", "address": "javascript:alert(1)"},
            {"kind": "webhook", "secret": "guessme"},
        ],
    )
    async def test_a_source_that_cannot_be_read_is_refused_in_words(self, store, event, browser, base, values):
        page = await browser.post(f"{base}/sources", data=values)

        assert page.status_code == 422
        assert "Nothing was changed." in page.text
        assert await store.sources.all(event.slug) == []

    async def test_files_of_the_machine_are_for_owners_only(self, wall, store, event, browser, base, owner):
        values = {"kind": "replay", "path": "/etc/passwd"}

        refused = await browser.post(f"{base}/sources", data=values)
        taken = await (await wall.browser_of(owner)).post(f"{base}/sources", data=values)
        (source,) = await store.sources.all(event.slug)
        changed = await browser.post(f"{base}/sources/{source.id}", data={"path": "/dev/zero"})

        assert (refused.status_code, taken.status_code, changed.status_code) == (422, 303, 422)
        assert await store.sources.all(event.slug) == [source]

    async def test_a_kind_without_options_is_there_once(self, store, event, form, browser, base):
        page = await browser.post(f"{base}/sources", data={"kind": "form"})

        assert page.status_code == 422
        assert await store.sources.all(event.slug) == [form]

    async def test_a_secret_made_here_is_shown_once_with_where_to_post(self, store, event, browser, base):
        page = await browser.post(f"{base}/sources", data={"kind": "webhook", "name": "Bridge"})

        (source,) = await store.sources.all(event.slug)
        assert told(page) == [f"http://127.0.0.1:8000/{event.slug}/posts", source.options["secret"]]
        assert page.headers["cache-control"] == "no-store"
        assert source.options["secret"] not in (await browser.get(base)).text

    async def test_a_secret_that_was_typed_is_never_shown(self, store, event, browser, base):
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

        answer = await browser.post(f"{base}/sources", data={"kind": "webhook", "secret": secret})
        page = await browser.get(base)
        refused = await browser.post(f"{base}/sources", data={"kind": "mastodon", "token": "t0psecret"})

        assert answer.status_code == 303
        assert secret not in page.text
        assert "t0psecret" not in refused.text

    async def test_a_secret_left_empty_stays(self, store, event, browser, base):
        await browser.post(f"{base}/sources", data={"kind": "webhook", "name": "Bridge"})
        (before,) = await store.sources.all(event.slug)

        answer = await browser.post(f"{base}/sources/{before.id}", data={"name": "Other bridge", "secret": ""})

        after = await store.sources.get(event.slug, before.id)
        assert answer.status_code == 303
        assert (after.options["name"], after.options["secret"]) == ("Other bridge", before.options["secret"])
        assert after.version == before.version + 1

    async def test_a_forgotten_secret_is_made_anew_and_shown(self, store, event, browser, base):
        await browser.post(f"{base}/sources", data={"kind": "webhook"})
        (before,) = await store.sources.all(event.slug)

        page = await browser.post(f"{base}/sources/{before.id}", data={"forget-secret": "yes"})

        after = await store.sources.get(event.slug, before.id)
        assert after.options["secret"] != before.options["secret"]
        assert told(page)[-1] == after.options["secret"]

    async def test_a_kept_secret_is_not_sent_to_another_server(self, store, event, browser, base):
        values = {"servers": "social.example", "token": "t0psecret", "token_server": "social.example"}
        await browser.post(f"{base}/sources", data={"kind": "mastodon", **values})
        (before,) = await store.sources.all(event.slug)
        moved = {"servers": "evil.example", "token": "", "token_server": "evil.example"}

        page = await browser.post(f"{base}/sources/{before.id}", data=moved)

        assert page.status_code == 422
        assert await store.sources.get(event.slug, before.id) == before

    async def test_a_kept_secret_stays_when_it_goes_where_it_went(self, store, event, browser, base):
        token = "123456:AAF-made_up_for_these_tests_only"
        await browser.post(f"{base}/sources", data={"kind": "telegram", "token": token})
        (before,) = await store.sources.all(event.slug)

        await browser.post(f"{base}/sources/{before.id}", data={"token": "", "chats": "@pyconpeople"})

        after = await store.sources.get(event.slug, before.id)
        assert (after.options["token"], after.options["chats"]) == (token, "@pyconpeople")

    async def test_a_source_is_deleted(self, store, event, form, browser, base):
        answer = await browser.post(f"{base}/sources/form/deletion")

        assert answer.status_code == 303
        assert await store.sources.all(event.slug) == []

    async def test_a_source_of_another_event_is_not_reached(self, store, form, browser, base, other_event):
        source = SourceSettings(id="n1", kind="nostr", options={"relays": "wss://a.example"})
        await store.sources.save(other_event.slug, source)

        answer = await browser.post(f"{base}/sources/n1", data={"relays": "wss://b.example"})
        await browser.post(f"{base}/sources/n1/deletion")

        assert answer.status_code == 404
        assert await store.sources.all(other_event.slug) == [source]

    async def test_how_a_source_fares_is_told_in_words(self, wall, store, event, browser, base):
        await store.sources.save(
            event.slug, SourceSettings(id="n1", kind="nostr", options={"relays": "wss://a.example"})
        )
        now = wall.time
        await store.sources.note(
            event.slug, "n1", Happened(state="healthy", posts=2, now=now - timedelta(minutes=3))
        )
        failing = Happened(
            state="failing",
            detail="a.example does not answer.",
            error="<b>timeout</b>",
            reasons=["No date."],
            next_try_at=now + timedelta(seconds=40),
            now=now,
        )
        await store.sources.note(event.slug, "n1", failing)

        pages = [await browser.get(f"{base}{path}") for path in ("", "/health")]

        told = {
            *("Failing", "a.example does not answer.", "2 posts", "Last post 3 minutes ago", "1 post set aside"),
            *("Next try in 40 seconds", "Last error just now (09:30): &lt;b&gt;timeout&lt;/b&gt;"),
            "Posts per hour: 2 in the last one, 2 at most, 2 in 24 hours",
        }
        assert [words for page in pages for words in told if words not in page.text] == []
        assert "html" not in pages[1].text

    async def test_a_source_of_an_unknown_kind_can_be_seen_and_deleted(self, store, event, browser, base):
        await store.sources.save(event.slug, SourceSettings(id="t1", kind="telepathy"))

        page = await browser.get(base)
        changed = await browser.post(f"{base}/sources/t1", data={})
        await browser.post(f"{base}/sources/t1/deletion")

        assert (page.status_code, changed.status_code) == (200, 422)
        assert "telepathy" in page.text
        assert "It rests until a version that can runs again." in page.text
        assert await store.sources.all(event.slug) == []

    async def test_a_form_is_drawn_from_whatever_a_kind_says(self, browser, base, monkeypatch):
        option = Option(name="pitch", label="Pitch of the hum", help="In hertz.")
        monkeypatch.setattr(source_class("nostr"), "options", (option,))

        page = await browser.get(base)

        assert "Pitch of the hum" in page.text


class TestModerators:
    async def test_an_invitation_is_shown_once_and_lets_its_person_in(self, wall, store, event, browser, base):
        page = await browser.post(f"{base}/moderators", data={"name": "Mia", "role": "moderator"})
        (link,) = told(page)
        token = link.split("#")[1]

        answer = await wall.browser().post("/sign-in", data={"token": token})

        assert link.startswith("http://127.0.0.1:8000/sign-in#")
        assert page.headers["cache-control"] == "no-store"
        assert answer.headers["location"] == f"/{event.slug}/moderate"
        assert {one.name: one.role(event.slug) for one in await store.people.all()}["Mia"] == "moderator"

    async def test_an_invitation_is_good_for_a_day(self, wall, browser, base):
        (link,) = told(await browser.post(f"{base}/moderators", data={"name": "Mia"}))
        wall.time += timedelta(hours=24, seconds=1)

        answer = await wall.browser().post("/sign-in", data={"token": link.split("#")[1]})

        assert answer.status_code == 403

    @pytest.mark.parametrize("role", ["owner", "screen", "viewer", "", "x" * 1000])
    async def test_nobody_is_invited_as_something_else(self, browser, base, role):
        page = await browser.post(f"{base}/moderators", data={"role": role})

        assert page.status_code == 422

    async def test_a_revoked_moderator_is_out_at_once(self, wall, store, event, browser, base, mia):
        hers = await wall.browser_of(mia)

        answer = await browser.post(f"{base}/moderators/{mia.id}/revocation")

        assert answer.status_code == 303
        assert (await store.people.get(mia.id)).role(event.slug) == "viewer"
        assert (await hers.get("/account")).status_code == 303

    async def test_one_browser_of_a_moderator_is_signed_out(self, wall, store, browser, base, mia):
        lost, kept = await wall.browser_of(mia), await wall.browser_of(mia)
        key = (await store.people.session(lost.cookies["session"], now=wall.time))[0].key

        page = await browser.get(base)
        await browser.post(f"{base}/moderators/{mia.id}/sessions/{key}")

        assert key in page.text
        assert (await lost.get("/account")).status_code == 303
        assert (await kept.get("/account")).status_code == 200

    async def test_a_moderator_is_let_in_anew(self, wall, browser, base, mia):
        (link,) = told(await browser.post(f"{base}/moderators/{mia.id}/link"))
        hers = wall.browser()

        await hers.post("/sign-in", data={"token": link.split("#")[1]})

        assert "Mia" in (await hers.get("/account")).text

    @pytest.mark.parametrize("action", ["link", "sessions/x"])
    async def test_nobody_is_let_in_as_an_owner_or_as_who_works_elsewhere(
        self, store, event, browser, base, mia, owner, other_event, action
    ):
        await store.people.grant(mia.id, other_event.slug, "organiser")

        answers = [await browser.post(f"{base}/moderators/{one.id}/{action}") for one in (mia, owner)]

        assert [answer.status_code for answer in answers] == [403, 403]

    @pytest.mark.parametrize("action", ["link", "revocation", "sessions/x"])
    async def test_a_stranger_is_not_among_the_moderators(self, browser, base, zed, otto, action):
        answers = [await browser.post(f"{base}/moderators/{one.id}/{action}") for one in (zed, otto)]

        assert [answer.status_code for answer in answers] == [404, 404]

    async def test_an_owner_and_oneself_stay(self, store, event, browser, base, olga, owner):
        answers = [await browser.post(f"{base}/moderators/{one.id}/revocation") for one in (olga, owner)]

        assert [answer.status_code for answer in answers] == [403, 403]
        assert (await store.people.get(olga.id)).role(event.slug) == "organiser"


class TestScreens:
    async def test_a_screen_is_opened_by_a_link_that_is_shown_once(self, store, event, browser, base):
        page = await browser.post(f"{base}/screens", data={"name": "Main hall"})
        (link,) = told(page)

        screen = await store.screens.by_token(event.slug, link.split("#")[1])
        listed = await browser.get(base)

        assert link.startswith(f"http://127.0.0.1:8000/{event.slug}/screen/open#")
        assert screen.name == "Main hall"
        assert "Not opened yet" in listed.text
        assert link.split("#")[1] not in listed.text

    async def test_a_screen_taken_back_reads_nothing_more(self, store, event, browser, base):
        screen, token = await store.screens.open(event.slug, "Main hall", now=NOW)

        answer = await browser.post(f"{base}/screens/{screen.id}/revocation")

        assert answer.status_code == 303
        with pytest.raises(NotAllowed):
            await store.screens.by_token(event.slug, token)

    async def test_a_public_address_stands_in_every_link(self, wall, browser, base):
        wall.config = replace(wall.config, public_url="https://wall.example.org/")

        (link,) = told(await browser.post(f"{base}/screens"))

        assert link.startswith("https://wall.example.org/event")


class TestContents:
    async def test_the_row_of_parts_names_every_part_of_the_page_in_its_order(self, browser, base):
        page = LexborHTMLParser((await browser.get(base)).text)

        parts = {one.attributes["id"]: one.css_first(".part__title").text() for one in page.css("section.part")}
        links = {link.attributes["href"][1:]: link.text() for link in page.css(".contents__part")}

        assert list(links.items()) == list(parts.items())
