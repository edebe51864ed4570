"""Files that are no event, or no longer: refused in words, and nothing of them stays."""

import hashlib
import io
import zipfile

import msgspec
import pytest

from tests.portable.filled import PICTURE, filled
from wall.core.event import Event
from wall.core.portable import EVENT, MANIFEST, POSTS, picture_path
from wall.errors import InvalidInput, NotFound, StoreUnavailable
from wall.store.importing import Importing
from wall.store.keys import EventKeys


@pytest.fixture
async def there(store, event, pictures, exported, members):
    """The members of the file of an event."""
    await filled(store, event, pictures)
    return members(await exported(store, pictures, event.slug))


def packed(members, compression=zipfile.ZIP_STORED, *, twice=()):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as zip:
        for name, data in [*members.items(), *twice]:
            zip.writestr(zipfile.ZipInfo(name), data, compression)
    return file.getvalue()


def with_manifest(members, **changed):
    manifest = msgspec.json.decode(members[MANIFEST]) | changed
    return members | {MANIFEST: msgspec.json.encode(manifest)}


def with_member(members, name, data):
    """Return a file with another member in it, whose hash is right."""
    manifest = msgspec.json.decode(members[MANIFEST])
    manifest["members"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    return packed(members | {name: data, MANIFEST: msgspec.json.encode(manifest)})


async def keys_left(store, slug):
    found, cursor = [], "0"
    while True:
        cursor, names = await store.database.command("SCAN", cursor, "MATCH", f"wall:{{{slug}}}:*", "COUNT", 1000)
        found += names
        if int(cursor) == 0:
            return found


async def refused(imported, elsewhere, data, words):
    with pytest.raises(InvalidInput, match=words):
        await imported(elsewhere, data)


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 and no more", b"PK\x05\x06" + b"\xff" * 18])
async def test_what_is_no_such_file_is_refused(imported, elsewhere, data):
    await refused(imported, elsewhere, data, "not the file of an event|more parts")


async def test_a_zip_of_something_else_is_refused(imported, elsewhere):
    await refused(imported, elsewhere, packed({"holiday.jpg": b"x"}), "has no place")
    await refused(imported, elsewhere, packed({POSTS: b""}), "says nothing of itself")
    await refused(imported, elsewhere, packed({MANIFEST: b"[]"}), "cannot be read")


async def test_a_file_of_a_newer_wall_says_so(imported, elsewhere, there):
    await refused(
        imported, elsewhere, packed(with_manifest(there, format=2, program="9.0")), r"newer wall \(9.0\)"
    )


@pytest.mark.parametrize("name", [POSTS, "rules.jsonl", picture_path(PICTURE.id, "screen")])
async def test_a_damaged_member_is_named(imported, elsewhere, there, event, name):
    changed = there[name][:-2] + bytes([there[name][-2] ^ 1]) + there[name][-1:]

    await refused(imported, elsewhere, packed(there | {name: changed}), f"“{name}” in this file is damaged")

    assert await keys_left(elsewhere[0], event.slug) == []


async def test_a_member_that_is_missing_is_named(imported, elsewhere, there):
    del there["polls.jsonl"]

    await refused(imported, elsewhere, packed(there), "“polls.jsonl” in this file is damaged")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "pictures/../x.webp", "pictures/ab-screen.webp"]
)
async def test_a_name_that_leads_elsewhere_is_refused(imported, elsewhere, there, name):
    await refused(imported, elsewhere, packed(there | {name: b"x"}), "has no place")


@pytest.mark.filterwarnings("ignore:Duplicate name")
async def test_a_name_that_is_there_twice_is_refused(imported, elsewhere, there):
    await refused(imported, elsewhere, packed(there, twice=[(POSTS, b"")]), "twice")


async def test_what_unfolds_into_much_more_is_refused_unread(imported, elsewhere, there):
    await refused(imported, elsewhere, packed(there, zipfile.ZIP_DEFLATED), "larger than it can be")


async def test_a_directory_that_is_too_long_is_refused_unread(imported, elsewhere, there):
    data = packed(there)
    at = data.rfind(b"PK\x05\x06") + 12

    await refused(imported, elsewhere, data[:at] + b"\xff\xff\xff\x0f" + data[at + 4 :], "more parts")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("stories.jsonl", b'["a",{"id":7}]'),
        ("polls.jsonl", b"{}"),
        ("audit.jsonl", b'["x",{}]'),
        ("strictness.jsonl", b'["often"]'),
        ("rules.jsonl", b'["chain",' + b"[" * 5000 + b"]" * 5000 + b"]"),
        ("pinned.jsonl", b'["a","first"]'),
        (POSTS, b"[]"),
        (POSTS, b"\xff\xfe"),
        (POSTS, b'{"standing":{},"arrived":1,"place":1}'),
    ],
)
async def test_a_line_that_no_wall_wrote_is_refused(imported, elsewhere, there, event, name, line):
    await refused(imported, elsewhere, with_member(there, name, line + b"\n"), f"“{name}”")

    assert await keys_left(elsewhere[0], event.slug) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"accent":"#ffb000"', b'"accent":"red}*{display:none"', "damaged"),
        (b'"timezone":"UTC"', b'"timezone":"Mars/Olympus"', "time zone"),
        (b'"timezone":"UTC"', b'"timezone":"../../etc/passwd"', "damaged"),
        (b'"hashtags":["PyConEx"]', b'"hashtags":[]', "damaged"),
        (b'"title":"PyCon Example"', b'"title":7', "damaged"),
    ],
)
async def test_settings_that_nobody_could_have_made_are_refused(imported, elsewhere, there, old, new, words):
    await refused(imported, elsewhere, with_member(there, EVENT, there[EVENT].replace(old, new)), words)


async def test_a_stylesheet_of_ones_own_is_looked_at_as_ever(imported, elsewhere, there):
    line = there["brand.jsonl"].replace(b'"css":""', b'"css":"* { background: url(//x.example/) }"')

    with pytest.raises(InvalidInput):
        await imported(elsewhere, with_member(there, "brand.jsonl", line))


async def test_an_address_that_is_a_script_is_refused(imported, elsewhere, there):
    for name, old in ((POSTS, b'"url":null'), ("questions.jsonl", b'"link":""')):
        changed = there[name].replace(old, old.split(b":")[0] + b':"javascript:alert(1)"')
        assert changed != there[name]
        await refused(imported, elsewhere, with_member(there, name, changed), f"“{name}”")


async def test_a_word_on_how_a_post_sounds_that_nobody_could_say_is_refused(imported, elsewhere, there):
    line = there[POSTS].replace(b'"says":"unhappy"', b'"says":"furious"')
    assert line != there[POSTS]

    await refused(imported, elsewhere, with_member(there, POSTS, line), f"“{POSTS}”")


async def test_a_picture_that_is_none_is_refused(imported, elsewhere, there):
    name = picture_path(PICTURE.id, "screen")

    await refused(imported, elsewhere, with_member(there, name, b"<svg onload=alert(1)>"), f"“{name}”")


async def test_an_import_that_fails_leaves_nothing(imported, elsewhere, there, event, monkeypatch):
    async def fail(self, event):
        raise StoreUnavailable("Redis is gone.")

    monkeypatch.setattr(Importing, "finish", fail)
    with pytest.raises(StoreUnavailable):
        await imported(elsewhere, packed(there))

    assert await keys_left(elsewhere[0], event.slug) == []


async def broken_off(store, slug):
    """Do what an import does that is killed in its midst."""
    importing = Importing(store.database, slug)
    await importing.begin()
    await importing.write(
        [("HSET", importing.keys.stories, "left", "over"), ("SET", importing.keys.strictness, "7")]
    )
    return importing


async def test_an_import_that_was_killed_is_nowhere_and_the_next_one_begins_anew(
    imported, elsewhere, there, event, members, exported
):
    store = elsewhere[0]
    importing = await broken_off(store, event.slug)

    with pytest.raises(NotFound):
        await store.events.get(event.slug)
    await refused(imported, elsewhere, packed(there), "being imported just now")
    await store.database.command("DEL", importing.keys.importing)  # as it is a minute later
    await imported(elsewhere, packed(there))

    assert members(await exported(*elsewhere, event.slug)) == there


async def test_a_new_event_finds_nothing_of_an_import_that_was_killed(store, event):
    new = Event(slug=f"{event.slug}-new", title="New", hashtags=("New",), keys=("new",))
    importing = await broken_off(store, new.slug)

    with pytest.raises(InvalidInput, match="being imported"):
        await store.events.create(new)
    await store.database.command("DEL", importing.keys.importing)
    await store.events.create(new)

    assert await store.stories.all(new.slug) == []
    assert len(await keys_left(store, new.slug)) == 1


async def test_an_import_that_was_overtaken_writes_no_more(store, event):
    slug = f"{event.slug}-slow"
    slow = await broken_off(store, slug)
    await store.database.command("DEL", EventKeys(slug).importing)
    await broken_off(store, slug)

    with pytest.raises(Exception, match="another one began"):
        await slow.write([("SET", slow.keys.strictness, "9")])
