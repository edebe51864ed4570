# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""What belongs to one event, asked for by its id at another: who may do everything there may do nothing with it."""

import pytest

from tests.web.test_access import MAY, ORGANISER, form_of, names, picture, staff

NAMING = sorted(row for row in MAY if "{slug}" in row and row.count("{") > 1)
UNSAFE = [row for row in NAMING if not row.startswith("GET ")]
SAFE = [row for row in NAMING if row.startswith("GET ")]
COUNTED = (b":ledger", b":gathered")
"""What processes count by themselves from the feed, whenever they come to it."""
TELLING = ("PyCon Example", "Hello")
"""Words of the event and of its post."""


@pytest.fixture
async def ottilie(site, people, other_event):
    """The browser of an organiser of another event."""
    return await site.browser_of(await people.add("Ottilie", slug=other_event.slug, role="organiser"))


async def ask(site, browser, names, slug, rows):
    """Ask an event for what has these ids, and return the answers by row."""
    here, answers = {**names, "slug": slug}, {}
    for row in rows:
        method, path = row.split(" ")
        method = "HEAD" if path.endswith(".sse") else method
        answers[row] = await browser.request(method, path.format(**here), **await form_of(path, here, site.store))
    return answers


async def kept(store, event):
    """Return all that is kept of an event, and who there is; what is counted meanwhile is no act of anybody's."""
    command, cursor, found = store.database.command, None, {}
    while cursor != 0:
        after, keys = await command("SCAN", cursor or 0, "MATCH", f"*{{{event.slug}}}*", "COUNT", 10_000)
        cursor = int(after)
        for key in keys:
            if not any(one in key for one in COUNTED):
                found[key] = await held(command, key)
    return found | {"people": sorted(await store.people.all(), key=lambda person: person.id)}


def changed(before, after):
    """Return what is not as it was, by its key."""
    return [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]


async def held(command, key):
    """Return what a key holds; what has no order comes in none."""
    match await command("TYPE", key):
        case b"hash" | "hash":
            return await command("HGETALL", key)
        case b"set" | "set":
            return set(await command("SMEMBERS", key))
    return await command("DUMP", key)


async def test_nothing_of_an_event_is_changed_by_its_id_at_another(
    site, store, event, other_event, names, ottilie
):
    before = await kept(store, event)

    answers = await ask(site, ottilie, names, other_event.slug, UNSAFE)

    after = await kept(store, event)
    assert changed(before, after) == []
    assert len(answers) > 50
    assert [row for row, answer in answers.items() if answer.status_code >= 500] == []


async def test_nothing_of_an_event_is_told_by_its_id_at_another(site, event, other_event, names, ottilie):
    answers = await ask(site, ottilie, names, other_event.slug, SAFE)

    assert [row for row, answer in answers.items() for word in TELLING if word in answer.text] == []


async def test_who_organises_it_does_change_it_and_is_told_by_the_same_ids(site, store, event, names, staff):
    """The control."""
    browser = await site.browser_of(staff[ORGANISER])
    told = await ask(site, browser, names, event.slug, SAFE)
    before = await kept(store, event)

    await ask(site, browser, names, event.slug, UNSAFE)

    assert changed(before, await kept(store, event))
    assert {word for answer in told.values() for word in TELLING if word in answer.text} == set(TELLING)
