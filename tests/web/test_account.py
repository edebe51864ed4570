import asyncio
from datetime import timedelta

import pytest

from tests.web.site import closed, next_frame
from wall.errors import NotFound
from wall.web.frames import Close


async def signed_in_as(browser):
    """Return who a browser's account page greets, or None when it is sent to sign in."""
    page = await browser.get("/account")
    return page.text.split('href="/account">')[1].split("</a>")[0] if page.status_code == 200 else None


async def set_passphrase(wall, person, passphrase):
    browser = await wall.browser_of(person)
    answer = await browser.post("/account/passphrase", data={"passphrase": passphrase})
    assert answer.status_code == 303
    return browser


class TestSetUp:
    async def test_the_set_up_link_makes_the_owner_and_signs_in(self, wall):
        browser = wall.browser()
        token = await wall.link("setup")

        assert (await browser.get("/setup")).status_code == 200
        answer = await browser.post("/setup", data={"token": token, "name": " Olga "})

        assert (answer.status_code, answer.headers["location"]) == (303, "/organise")
        assert [(one.name, one.owner) for one in await wall.store.people.all()] == [("Olga", True)]
        assert await signed_in_as(browser) == "Olga"

    async def test_a_passphrase_given_at_the_set_up_signs_in_later(self, wall, passphrase):
        token = await wall.link("setup")
        await wall.browser().post("/setup", data={"token": token, "name": "Olga", "passphrase": passphrase})
        later = wall.browser()

        await later.post("/sign-in", data={"name": "olga", "passphrase": passphrase})

        assert await signed_in_as(later) == "Olga"

    @pytest.mark.parametrize(
        "values",
        [
            {},
            {"token": ""},
            {"token": "guess", "name": "Zed"},
            {"name": "Zed"},
            {"token": "\udcff", "name": "Zed"},
        ],
    )
    async def test_without_the_code_nobody_becomes_owner(self, wall, values):
        body = "&".join(f"{name}={value.encode('utf-8', 'replace').decode()}" for name, value in values.items())
        answer = await wall.browser().post(
            "/setup", content=body, headers={"content-type": "application/x-www-form-urlencoded"}
        )

        assert answer.status_code == 422
        assert "field__error" in answer.text
        assert await wall.store.people.all() == []

    async def test_a_used_code_says_what_to_run(self, wall):
        token = await wall.link("setup")
        await wall.store.people.use_link(token, now=wall.time)

        answer = await wall.browser().post("/setup", data={"token": token, "name": "Zed"})

        assert answer.status_code == 422
        assert "backchannel invite --owner" in answer.text

    async def test_an_old_code_is_refused(self, wall):
        token = await wall.link("setup")
        wall.time += timedelta(hours=2)

        answer = await wall.browser().post("/setup", data={"token": token, "name": "Zed"})

        assert answer.status_code == 422

    async def test_a_weak_passphrase_leaves_the_code_good(self, wall):
        browser = wall.browser()
        token = await wall.link("setup")

        refused = await browser.post("/setup", data={"token": token, "name": "Olga", "passphrase": "short"})
        answer = await browser.post("/setup", data={"token": token, "name": "Olga"})

        assert refused.status_code == 422
        assert 'value="short"' not in refused.text
        assert answer.status_code == 303

    async def test_a_second_set_up_is_refused(self, wall, owner):
        token = await wall.link("setup")

        assert (await wall.browser().get("/setup")).status_code == 403
        answer = await wall.browser().post("/setup", data={"token": token, "name": "Zed"})

        assert answer.status_code == 403
        assert "backchannel invite --owner" in answer.text

    async def test_an_invitation_is_no_set_up(self, wall, event):
        token = await wall.link("invite", slug=event.slug, role="moderator", name="Zed")

        answer = await wall.browser().post("/setup", data={"token": token, "name": "Zed"})

        assert answer.status_code == 422
        assert (await wall.store.people.link(token, now=wall.time)).kind == "invite"


class TestLinks:
    async def test_an_invitation_makes_a_moderator_and_leads_to_the_desk(self, wall, event):
        browser = wall.browser()
        token = await wall.link("invite", slug=event.slug, role="moderator", name="Mia")

        answer = await browser.post("/sign-in", data={"token": token})

        assert (answer.status_code, answer.headers["location"]) == (303, f"/{event.slug}/moderate")
        assert [(one.name, one.role(event.slug)) for one in await wall.store.people.all()] == [
            ("Mia", "moderator")
        ]

    async def test_an_invitation_without_a_name_asks_for_it_and_stays_good(self, wall, event):
        browser = wall.browser()
        token = await wall.link("invite", slug=event.slug, role="moderator")

        asked = await browser.post("/sign-in", data={"token": token})
        answer = await browser.post("/sign-in", data={"token": token, "name": "Mia"})

        assert asked.status_code == 422
        assert f'name="token" value="{token}"' in asked.text
        assert answer.status_code == 303
        assert await signed_in_as(browser) == "Mia"

    async def test_a_link_lets_in_the_first_browser_only(self, wall, mia):
        first, second = wall.browser(), wall.browser()
        token = await wall.link("sign-in", person_id=mia.id)

        await first.post("/sign-in", data={"token": token})
        answer = await second.post("/sign-in", data={"token": token})

        assert answer.status_code == 403
        assert "This link was used already" in answer.text
        assert await signed_in_as(first) == "Mia"
        assert await signed_in_as(second) is None

    async def test_a_link_opened_by_two_browsers_at_once_lets_in_one(self, wall, mia):
        token = await wall.link("sign-in", person_id=mia.id)
        browsers = [wall.browser() for _ in range(5)]

        answers = await asyncio.gather(*(one.post("/sign-in", data={"token": token}) for one in browsers))

        assert sorted(answer.status_code for answer in answers) == [303, 403, 403, 403, 403]

    async def test_a_second_click_in_the_same_browser_leads_on(self, wall, mia):
        browser = wall.browser()
        token = await wall.link("sign-in", person_id=mia.id)
        await browser.post("/sign-in", data={"token": token})

        answer = await browser.post("/sign-in", data={"token": token})

        assert answer.status_code == 303

    async def test_an_organiser_who_tries_the_invitation_does_not_use_it_up(self, wall, event, olga):
        browser = await wall.browser_of(olga)
        token = await wall.link("invite", slug=event.slug, role="moderator", name="Mia")

        answer = await browser.post("/sign-in", data={"token": token})

        assert answer.status_code == 422
        assert "the link is still good" in answer.text
        assert (await wall.store.people.link(token, now=wall.time)).name == "Mia"
        assert await signed_in_as(browser) == "Olga"

    async def test_who_is_known_already_is_given_the_role(self, wall, event, otto):
        browser = await wall.browser_of(otto)
        token = await wall.link("invite", slug=event.slug, role="moderator")

        await browser.post("/sign-in", data={"token": token})

        after = await wall.store.people.get(otto.id)
        assert after.role(event.slug) == "moderator"
        assert len(await wall.store.people.all()) == 1

    async def test_a_set_up_code_is_not_used_up_at_the_wrong_door(self, wall):
        token = await wall.link("setup")

        answer = await wall.browser().post("/sign-in", data={"token": token})

        assert answer.status_code == 422
        assert (await wall.store.people.link(token, now=wall.time)).kind == "setup"

    async def test_the_page_of_a_link_uses_nothing_up(self, wall, mia):
        token = await wall.link("sign-in", person_id=mia.id)

        page = await wall.browser().get("/sign-in")

        assert page.status_code == 200
        assert token not in page.text
        assert await wall.store.people.link(token, now=wall.time)


class TestWhereItLeads:
    @pytest.mark.parametrize(
        "path",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "/\t/evil.example/",
            "\\\\evil.example",
            "javascript:alert(1)",
            "evil",
            "/a\\b",
            "/a\nb",
            "",
        ],
    )
    async def test_no_foreign_address_is_followed(self, wall, olga, path):
        token = await wall.link("sign-in", person_id=olga.id)

        page = await wall.browser().get("/sign-in", params={"next": path})
        answer = await wall.browser().post("/sign-in", data={"token": token, "next": path})

        assert 'name="next" value=""' in page.text
        assert answer.headers["location"] == "/organise"

    async def test_a_page_of_ours_is_followed(self, wall, olga):
        token = await wall.link("sign-in", person_id=olga.id)

        answer = await wall.browser().post("/sign-in", data={"token": token, "next": "/pycon/moderate"})

        assert answer.headers["location"] == "/pycon/moderate"

    async def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(self, wall):
        answer = await wall.browser().get("/account")

        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/account")


class TestPassphrases:
    async def test_name_and_passphrase_sign_in(self, wall, mia, passphrase):
        await set_passphrase(wall, mia, passphrase)
        browser = wall.browser()

        answer = await browser.post("/sign-in", data={"name": "Mia", "passphrase": passphrase})

        assert answer.status_code == 303
        assert await signed_in_as(browser) == "Mia"

    async def test_an_unknown_name_and_a_wrong_passphrase_are_told_the_same(self, wall, mia, passphrase):
        await set_passphrase(wall, mia, passphrase)
        browser = wall.browser()

        wrong = await browser.post("/sign-in", data={"name": "Mia", "passphrase": "another passphrase"})
        unknown = await browser.post("/sign-in", data={"name": "Max", "passphrase": "another passphrase"})

        assert wrong.status_code == unknown.status_code == 422
        assert wrong.text.replace("Mia", "Max") == unknown.text

    async def test_a_sixth_try_is_refused_though_it_is_right(self, wall, mia, passphrase):
        await set_passphrase(wall, mia, passphrase)
        for _ in range(5):
            await wall.store.limits.allow("sign-in by mia", most=5, seconds=300)

        answer = await wall.browser(address="127.0.0.9").post(
            "/sign-in", data={"name": "MIA", "passphrase": passphrase}
        )

        assert answer.status_code == 422
        assert "5 tries" in answer.text
        await wall.store.limits.forget("sign-in by mia")

    async def test_tries_are_counted_for_an_address_whatever_the_names(self, wall):
        browser = wall.browser(address="127.0.0.8")

        answers = [
            await browser.post("/sign-in", data={"name": f"guess {number}", "passphrase": "x"})
            for number in range(6)
        ]

        assert ["5 tries" in answer.text for answer in answers] == [False] * 5 + [True]
        await wall.store.limits.forget("sign-in from 127.0.0.8")

    @pytest.mark.parametrize("text", ["", "short", "aaaaaaaaaaaaaaaa", "x" * 300])
    async def test_a_passphrase_that_is_no_good_is_refused_in_words(self, wall, mia, text):
        browser = await wall.browser_of(mia)

        answer = await browser.post("/account/passphrase", data={"passphrase": text})

        assert answer.status_code == 422
        assert "field__error" in answer.text
        assert (await wall.store.people.get(mia.id)).passphrase_hash is None

    async def test_changing_a_passphrase_needs_the_present_one(self, wall, mia, passphrase):
        browser = await set_passphrase(wall, mia, passphrase)
        before = await wall.store.people.get(mia.id)

        answer = await browser.post(
            "/account/passphrase", data={"passphrase": "other plain words", "present": "no"}
        )

        assert answer.status_code == 422
        assert await wall.store.people.get(mia.id) == before
        await wall.store.limits.forget(f"passphrase of {mia.id}")

    async def test_setting_a_passphrase_signs_out_the_other_browsers(self, wall, mia, passphrase):
        other = await wall.browser_of(mia)

        browser = await set_passphrase(wall, mia, passphrase)

        assert await signed_in_as(other) is None
        assert await signed_in_as(browser) == "Mia"

    async def test_the_passphrase_itself_is_kept_nowhere(self, wall, mia, passphrase):
        await set_passphrase(wall, mia, passphrase)

        kept = (await wall.store.people.get(mia.id)).passphrase_hash

        assert kept.startswith("$argon2id$")
        assert passphrase not in kept

    async def test_two_people_with_passphrases_do_not_share_a_name(self, wall, mia, zed, passphrase):
        await set_passphrase(wall, mia, passphrase)
        browser = await set_passphrase(wall, zed, passphrase)

        answer = await browser.post("/account/name", data={"name": "MIA"})

        assert answer.status_code == 422
        assert (await wall.store.people.get(zed.id)).name == "Zed"


class TestSessions:
    async def test_the_session_changes_at_every_sign_in(self, wall, mia):
        browser = wall.browser()
        browser.cookies.set("session", "planted", domain="127.0.0.1")
        await browser.post("/sign-in", data={"token": await wall.link("sign-in", person_id=mia.id)})
        first = browser.cookies["session"]

        await browser.post("/sign-in", data={"token": await wall.link("sign-in", person_id=mia.id)})

        assert "planted" not in (first, browser.cookies["session"])
        assert first != browser.cookies["session"]
        assert len(await wall.store.people.sessions(mia.id)) == 1

    async def test_the_cookie_is_for_this_host_and_no_script(self, wall, mia):
        browser = wall.browser(base="https://127.0.0.1")

        answer = await browser.post("/sign-in", data={"token": await wall.link("sign-in", person_id=mia.id)})

        cookie = answer.headers["set-cookie"].lower()
        assert cookie.startswith("__host-session=")
        assert {"httponly", "secure", "samesite=lax", "path=/", "max-age=604800"} <= set(cookie.split("; "))

    async def test_signing_out_ends_the_session_itself(self, wall, mia):
        browser = await wall.browser_of(mia)
        secret = browser.cookies["session"]

        answer = await browser.post("/sign-out")
        browser.cookies.set("session", secret, domain="127.0.0.1")

        assert (answer.headers["location"], answer.headers["clear-site-data"]) == ("/sign-in", '"cache"')
        assert await signed_in_as(browser) is None

    async def test_a_session_signed_out_elsewhere_is_over(self, wall, mia):
        stolen, browser = await wall.browser_of(mia), await wall.browser_of(mia)
        key = (await wall.store.people.session(stolen.cookies["session"], now=wall.time))[0].key

        answer = await browser.post(f"/account/sessions/{key}")

        assert answer.status_code == 303
        assert await signed_in_as(stolen) is None
        assert await signed_in_as(browser) == "Mia"

    async def test_nobody_ends_the_session_of_another(self, wall, mia, zed):
        browser, victim = await wall.browser_of(zed), await wall.browser_of(mia)
        key = (await wall.store.people.sessions(mia.id))[0].key

        await browser.post(f"/account/sessions/{key}")

        assert await signed_in_as(victim) == "Mia"

    async def test_an_idle_session_ends(self, wall, mia):
        browser = await wall.browser_of(mia)

        wall.time += timedelta(days=8)

        assert await signed_in_as(browser) is None

    async def test_sessions_are_listed_in_words(self, wall, mia):
        browser = await wall.browser_of(mia)

        page = await browser.get("/account")

        assert "Firefox on Linux" in page.text
        assert "this one" in page.text

    async def test_the_name_is_changed_and_cleaned(self, wall, mia):
        browser = await wall.browser_of(mia)

        await browser.post("/account/name", data={"name": "Mia \u202e<b>Moser"})

        assert (await wall.store.people.get(mia.id)).name == "Mia <b>Moser"
        assert "<b>Moser" not in (await browser.get("/account")).text


class TestWhoMayAsk:
    @pytest.mark.parametrize("path", ["/account/name", "/account/passphrase", "/account/sessions/x"])
    async def test_strangers_are_refused(self, wall, path):
        answer = await wall.browser().post(path, data={"name": "Zed"})

        assert answer.status_code == 401

    @pytest.mark.parametrize("path", ["/setup", "/sign-in", "/sign-out", "/account/name"])
    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://evil.example"},
            {"origin": "null"},
        ],
    )
    async def test_another_site_may_post_nothing(self, wall, mia, path, headers):
        browser = await wall.browser_of(mia)

        answer = await browser.post(path, data={"name": "Zed"}, headers=headers)

        assert answer.status_code == 403
        assert await signed_in_as(browser) == "Mia"

    @pytest.mark.parametrize("path", ["/setup", "/sign-in", "/account"])
    async def test_over_plain_http_from_elsewhere_nobody_signs_in(self, wall, mia, path):
        browser = wall.browser(address="192.0.2.7", base="http://192.0.2.1:8000")

        answer = await browser.get(path)

        assert answer.status_code == 403
        assert "--insecure-lan" in answer.text

    async def test_a_link_is_not_used_up_over_a_line_that_others_read(self, wall, mia):
        token = await wall.link("sign-in", person_id=mia.id)

        answer = await wall.browser(address="192.0.2.7").post("/sign-in", data={"token": token})

        assert answer.status_code == 403
        assert await wall.store.people.link(token, now=wall.time)

    async def test_a_proxy_on_this_machine_that_does_not_tell_how_people_came_is_no_private_line(self, wall):
        here = await wall.browser(base="http://127.0.0.1:8000").get("/sign-in")
        by_proxy = await wall.browser(base="http://hall.local").get("/sign-in")

        assert here.status_code == 200
        assert by_proxy.status_code == 403
        assert "https" in by_proxy.text

    async def test_an_insecure_lan_lets_them_in_when_it_is_asked_for(self, wall, mia):
        wall.on_insecure_lan()
        browser = wall.browser(address="192.0.2.7", base="http://192.0.2.1:8000")

        await browser.post("/sign-in", data={"token": await wall.link("sign-in", person_id=mia.id)})

        assert await signed_in_as(browser) == "Mia"

    @pytest.mark.parametrize("path", ["/setup", "/sign-in", "/sign-out"])
    async def test_nonsense_is_never_a_server_error(self, wall, path):
        browser = wall.browser()

        answers = [
            await browser.post(path),
            await browser.post(path, content=b"\xff\xfe%%%=&&", headers={"content-type": "text/plain"}),
            await browser.post(
                path, content=b"token=%ff&name=%00", headers={"content-type": "application/x-www-form-urlencoded"}
            ),
            await browser.post(
                path, data={"token": "x" * 100_000, "name": "Z͑ͫ" * 10_000, "passphrase": "p" * 100_000}
            ),
            await browser.post(path, files={"token": b"a file"}),
        ]

        assert all(answer.status_code < 500 for answer in answers)
        await wall.store.limits.forget("sign-in from 127.0.0.1")

    async def test_a_deleted_person_is_told_so(self, wall):
        token = await wall.link("sign-in", person_id="nobody")

        answer = await wall.browser().post("/sign-in", data={"token": token})

        assert answer.status_code == 404
        with pytest.raises(NotFound):
            await wall.store.people.get("nobody")


class TestAllOthers:
    async def test_every_other_browser_is_signed_out_at_once(self, wall, mia, zed):
        browser, lost, stolen = [await wall.browser_of(mia) for _ in range(3)]
        of_another = await wall.browser_of(zed)

        await browser.post("/account/sessions")

        assert [await signed_in_as(one) for one in (browser, lost, stolen, of_another)] == [
            "Mia",
            None,
            None,
            "Zed",
        ]

    async def test_where_a_browser_was_seen_last_is_listed(self, wall, mia):
        wall.on_insecure_lan()
        browser, away = (
            await wall.browser_of(mia),
            wall.browser(address="2001:db8:1:2::7", base="http://192.0.2.1"),
        )
        away.cookies.set("session", browser.cookies["session"])
        wall.time += timedelta(minutes=2)

        await away.get("/account")

        assert (
            "Seen just now at 2001:db8:1:2::/64, signed in 2 minutes ago" in (await browser.get("/account")).text
        )

    async def test_the_streams_of_a_browser_end_when_it_is_signed_out_from_another(self, served, event, mia):
        browser, lost = await served.browser_of(mia), await served.browser_of(mia)
        async with served.stream(f"/{event.slug}/moderate/stream", browser=lost) as stream:
            await next_frame(stream, "hello")
            async with served.client() as client:
                session = browser.cookies["session"]
                headers = {"cookie": f"session={session}", "sec-fetch-site": "same-origin"}
                await client.post("/account/sessions", headers=headers)
                assert await closed(stream) == Close.NOT_ALLOWED
                mine = served.stream(f"/{event.slug}/moderate/stream", browser=browser)
                async with mine as still:
                    assert await next_frame(still, "hello")
