import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.people import Link
from wall.errors import NotAllowed, NotFound
from wall.store.people import IDLE, LONGEST


@pytest.fixture
async def people(store):
    await store.database.command("DEL", "wall:{people}:persons")
    return store.people


@pytest.fixture
async def mia(people, event):
    return await people.add("Mia", slug=event.slug, role="moderator")


def a_link(**fields):
    return Link(**{"kind": "setup", "expires_at": NOW + timedelta(hours=1), **fields})


class TestPeople:
    async def test_there_is_nobody_before_the_set_up(self, people):
        assert not await people.exist()

        await people.add("Olga", owner=True)

        assert await people.exist()

    async def test_a_person_has_a_role_at_one_event_only(self, people, mia, event):
        kept = await people.get(mia.id)

        assert kept == mia
        assert kept.may(event.slug, "moderator")
        assert not kept.may(event.slug, "organiser")
        assert not kept.may("another-event", "moderator")

    async def test_an_owner_organises_every_event(self, people):
        olga = await people.add("Olga", owner=True)

        assert olga.may("any-event", "organiser")

    async def test_who_is_unknown_is_not_found(self, people):
        with pytest.raises(NotFound):
            await people.get("nobody")
        with pytest.raises(NotFound):
            await people.change("nobody", lambda person: person)

    async def test_changes_at_the_same_time_are_all_kept(self, people, mia):
        slugs = [f"slug-{number}" for number in range(10)]

        await asyncio.gather(*(people.grant(mia.id, slug, "moderator") for slug in slugs))

        assert set(slugs) <= set((await people.get(mia.id)).roles)

    async def test_a_role_taken_away_does_not_come_back_with_another_change(self, people, mia, event):
        await asyncio.gather(
            people.grant(mia.id, event.slug, None),
            *(people.change(mia.id, lambda person: replace(person, name=person.name + "!")) for _ in range(5)),
        )

        after = await people.get(mia.id)
        assert (after.name, dict(after.roles)) == ("Mia!!!!!", {})

    async def test_taking_the_last_role_away_signs_out_everywhere(self, people, mia, event):
        secrets = [await people.sign_in(mia, browser="Firefox", now=NOW) for _ in range(2)]

        await people.grant(mia.id, event.slug, None)

        assert [await people.session(secret, now=NOW) for secret in secrets] == [None, None]

    async def test_who_has_another_role_stays_signed_in(self, people, mia, event):
        await people.grant(mia.id, "another-event", "moderator")
        secret = await people.sign_in(mia, browser="Firefox", now=NOW)

        await people.grant(mia.id, event.slug, None)

        assert await people.session(secret, now=NOW)

    async def test_a_name_in_any_case_finds_who_has_a_passphrase(self, people, mia):
        assert await people.with_passphrase("mia") is None

        await people.change(mia.id, lambda person: replace(person, passphrase_hash="$argon2id$…"))

        assert (await people.with_passphrase("MIA")).id == mia.id
        assert await people.with_passphrase("Max") is None


class TestLinks:
    async def test_a_link_opens_once(self, people):
        token = await people.make_link(a_link(), now=NOW)

        assert await people.use_link(token, now=NOW) == a_link()
        with pytest.raises(NotAllowed):
            await people.use_link(token, now=NOW)

    async def test_of_many_at_once_one_gets_in(self, people):
        token = await people.make_link(a_link(), now=NOW)

        answers = await asyncio.gather(
            *(people.use_link(token, now=NOW) for _ in range(8)), return_exceptions=True
        )

        assert sum(isinstance(answer, Link) for answer in answers) == 1

    async def test_looking_at_a_link_does_not_use_it(self, people):
        token = await people.make_link(a_link(name="Mia"), now=NOW)

        assert (await people.link(token, now=NOW)).name == "Mia"
        assert (await people.use_link(token, now=NOW)).name == "Mia"

    async def test_an_old_link_opens_nothing(self, people):
        token = await people.make_link(a_link(), now=NOW)

        with pytest.raises(NotAllowed):
            await people.link(token, now=NOW + timedelta(hours=1, seconds=1))

    @pytest.mark.parametrize("token", ["", "guess", "\ud800", "*", "x" * 10_000])
    async def test_a_guess_opens_nothing(self, people, token):
        with pytest.raises(NotAllowed):
            await people.use_link(token, now=NOW)

    async def test_the_store_holds_no_token(self, store, people):
        token = await people.make_link(a_link(), now=NOW)

        _, names = await store.database.command("SCAN", 0, "MATCH", f"*{token}*", "COUNT", 100_000)

        assert names == []


class TestSessions:
    async def test_a_session_is_known_by_its_secret(self, people, mia):
        secret = await people.sign_in(mia, browser="Firefox on Linux", now=NOW)

        session, person = await people.session(secret, now=NOW)

        assert (session.browser, person) == ("Firefox on Linux", mia)
        assert secret not in (session.key, session.person_id)

    @pytest.mark.parametrize("secret", ["", "guess", "\ud800"])
    async def test_a_guess_is_nobodys_session(self, people, secret):
        assert await people.session(secret, now=NOW) is None

    async def test_a_session_ends_after_its_longest_time_however_busy(self, people, mia):
        secret = await people.sign_in(mia, browser="Firefox", now=NOW)

        assert await people.session(secret, now=NOW + LONGEST)
        assert await people.session(secret, now=NOW + LONGEST + timedelta(seconds=1)) is None

    async def test_a_session_is_forgotten_when_it_is_idle(self, store, people, mia):
        secret = await people.sign_in(mia, browser="Firefox", now=NOW)
        (session,) = await people.sessions(mia.id)

        seconds = await store.database.command("TTL", f"wall:{{people}}:session:{session.key}")

        assert 0 < seconds <= IDLE.total_seconds()
        assert await people.session(secret, now=NOW)

    async def test_being_seen_is_noted(self, people, mia):
        secret = await people.sign_in(mia, browser="Firefox", now=NOW)

        await people.session(secret, now=NOW + timedelta(minutes=5))

        (session,) = await people.sessions(mia.id)
        assert session.seen_at == NOW + timedelta(minutes=5)

    async def test_a_session_signed_out_does_not_come_back_by_being_seen(self, people, mia):
        secret = await people.sign_in(mia, browser="Firefox", now=NOW)
        (session,) = await people.sessions(mia.id)

        await people.sign_out(mia.id, session.key)

        assert await people.session(secret, now=NOW + timedelta(minutes=5)) is None
        assert await people.sessions(mia.id) == []

    async def test_sessions_are_listed_newest_first(self, people, mia):
        await people.sign_in(mia, browser="old", now=NOW)
        await people.sign_in(mia, browser="new", now=NOW + timedelta(minutes=1))

        assert [session.browser for session in await people.sessions(mia.id)] == ["new", "old"]

    async def test_nobody_signs_out_another(self, people, mia):
        secret = await people.sign_in(mia, browser="Firefox", now=NOW)
        (session,) = await people.sessions(mia.id)
        zed = await people.add("Zed")

        await people.sign_out(zed.id, session.key)

        assert await people.session(secret, now=NOW)
