from wall.store.pairings import CODE_SECONDS, code_key, machine_key
from wall.store.screens import fingerprint


async def test_a_code_leads_to_the_machine_that_shows_it_once(store):
    secret, code = await store.pairings.begin()

    assert await store.pairings.take(code) == fingerprint(secret)
    assert await store.pairings.take(code) is None


async def test_a_code_that_nobody_shows_leads_nowhere(store):
    assert await store.pairings.take("BBBBBB") is None


async def test_a_new_code_leads_to_the_same_machine(store):
    secret, _ = await store.pairings.begin()
    machine = fingerprint(secret)

    code = await store.pairings.renew(machine)

    shown, seconds = await store.pairings.code(machine)
    assert shown == code
    assert seconds in (CODE_SECONDS - 1, CODE_SECONDS)
    assert await store.pairings.take(code) == machine


async def test_once_a_machine_is_paired_no_code_of_it_holds(store, event):
    secret, first = await store.pairings.begin()
    machine = fingerprint(secret)
    second = await store.pairings.renew(machine)
    await store.pairings.take(first)

    await store.pairings.pair(machine, event.slug)

    assert await store.pairings.take(second) is None
    assert await store.pairings.paired(machine) == event.slug


async def test_what_is_stored_is_not_the_secret(store, event):
    secret, code = await store.pairings.begin()
    machine = fingerprint(secret)
    stored = [await store.database.command("GET", key) for key in (machine_key(machine), code_key(code))]

    assert stored == [code.encode(), machine.encode()]
    assert secret not in machine
