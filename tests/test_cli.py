import asyncio
import re

import pytest

from tests.cast import NOW
from tests.chats import said, show
from tests.conftest import slugs
from wall import __version__
from wall.cli import NOTHING_DONE, main
from wall.core.event import Event
from wall.store import open_store
from wall.store.server import PrivateRedis

LINK = re.compile(r"http://127\.0\.0\.1:8000/(?:sign-in|setup)#([\w-]+)")


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path, redis_server):
    """The Redis of the tests, and nothing else set."""
    monkeypatch.setenv("WALL_REDIS_URL", redis_server.url)
    monkeypatch.setenv("WALL_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("WALL_PORT", raising=False)


@pytest.fixture
def run(capsys):
    def run(*arguments):
        status = main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def asked(redis_server, question):
    """Ask the store something, as a process of its own would."""

    async def ask():
        store = open_store(redis_server.url)
        try:
            return await question(store)
        finally:
            await store.database.close()

    return asyncio.run(ask())


@pytest.fixture
def slug(redis_server):
    event = Event(slug=next(slugs), title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    asked(redis_server, lambda store: store.events.create(event))
    return event.slug


def test_a_transcript_is_written_where_output_goes(redis_server, slug, capsysbinary):
    asked(redis_server, lambda store: show(store, Event(slug=slug, title="", hashtags=(), keys=()), said("Hello")))

    status = main(["transcript", slug, "--format", "csv", "--from", "2026-06-12", "--mark", "--initials"])

    written = capsysbinary.readouterr().out.decode()
    assert status == 0
    assert written.startswith('\ufeff"id",')
    assert '"A.","","Hello"' in written


def test_a_transcript_of_what_is_not_there_is_one_sentence(run):
    status, said_, why = run("transcript", "nothing", "--session", "x")

    assert (status, said_) == (NOTHING_DONE, "")
    assert why == "There is no event “nothing”.\n"


def test_check_lists_every_setting_with_its_origin_and_hides_secrets(run, redis_server):
    status, said, _ = run("check")

    assert status == 0
    assert re.search(r"WALL_PORT +8000 +default", said)
    assert re.search(r"WALL_REDIS_URL +\(secret\) +WALL_REDIS_URL", said)
    assert redis_server.password not in said
    assert "Redis answers" in said


def test_check_starts_a_redis_of_its_own_when_none_is_set(run, monkeypatch, tmp_path):
    monkeypatch.delenv("WALL_REDIS_URL")

    status, said, _ = run("check", "--data-dir", str(tmp_path / "new"))

    assert status == 0
    assert "it holds 0 events." in said


def test_check_looks_at_the_wall_that_runs(run, monkeypatch, tmp_path):
    monkeypatch.delenv("WALL_REDIS_URL")

    async def beside_a_wall():
        server = PrivateRedis(tmp_path / "redis")
        await server.start()
        looked = await asyncio.to_thread(run, "check", "--data-dir", str(tmp_path))
        await server.stop()
        return looked

    status, said, _ = asyncio.run(beside_a_wall())

    assert (status, "it holds 0 events." in said) == (0, True)


def test_a_moderator_is_invited_by_a_link_that_works_once(run, redis_server, slug):
    status, said, _ = run("invite", "--event", slug, "--name", "Mia")

    link = asked(redis_server, lambda store: store.people.use_link(LINK.search(said)[1], now=NOW))
    assert status == 0
    assert (link.kind, link.slug, link.role, link.name) == ("invite", slug, "moderator", "Mia")


def test_an_organiser_is_invited_by_role(run, redis_server, slug):
    _, said, _ = run("invite", "--event", slug, "--role", "organiser")

    assert asked(redis_server, lambda store: store.people.link(LINK.search(said)[1], now=NOW)).role == "organiser"


def test_an_owner_is_let_in_by_a_link_for_the_set_up_or_for_signing_in(run, redis_server):
    asked(redis_server, lambda store: store.database.command("DEL", "wall:{people}:persons"))
    _, first, _ = run("invite", "--owner")
    asked(redis_server, lambda store: store.people.add("Oda", owner=True))

    _, second, _ = run("invite", "--owner")

    assert "/setup#" in first
    assert "/sign-in#" in second


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        (("invite",), {}, "Say whom to invite"),
        (("invite", "--event", "no-such-event"), {}, "There is no event “no-such-event”."),
        (("invite", "--owner"), {"WALL_REDIS_URL": ""}, "No wall runs on the data folder"),
        (("web",), {"WALL_REDIS_URL": ""}, "WALL_REDIS_URL is not set"),
        (("ingest",), {"WALL_REDIS_URL": ""}, "WALL_REDIS_URL is not set"),
        (("check",), {"WALL_PROT": "1"}, "WALL_PROT is not a setting"),
        (("check",), {"WALL_REDIS_URL": "unix:///no/such/socket"}, "Redis does not answer"),
        (("web", "--host", "203.0.113.1"), {}, "Nothing can listen on 203.0.113.1"),
        (("serve", "--port", "70000"), {}, "Port 70000 does not exist"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_nothing_else(run, monkeypatch, arguments, variables, words):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    status, said, complaint = run(*arguments)

    assert status == NOTHING_DONE
    assert words in complaint
    assert complaint.count("\n") == 1
    assert "Traceback" not in said + complaint


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("check", "--nonsense"), ("serve", "--port", "http")])
def test_what_cannot_be_understood_explains_itself(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == NOTHING_DONE
    assert "usage: backchannel" in capsys.readouterr().err


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


@pytest.mark.parametrize("command", ["demo", "serve", "web", "ingest", "invite", "check"])
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])

    assert f"usage: backchannel {command}" in capsys.readouterr().out


def test_an_event_is_exported_and_imported_under_another_name(run, slug, redis_server, tmp_path):
    path = tmp_path / "kept.zip"

    written, said, _ = run("export", slug, "--to", str(path))
    taken, also_said, why = run("import", str(path), "--as", f"{slug}-again")
    again, _, refused = run("import", str(path))

    assert (written, taken, why, again) == (0, 0, "", NOTHING_DONE)
    assert said == f"PyCon Example is in {path}: 0 posts, 0 pictures.\n"
    assert f"PyCon Example is here as “{slug}-again”" in also_said
    assert "already" in refused
    assert path.stat().st_mode & 0o077 == 0
    assert asked(redis_server, lambda store: store.events.get(f"{slug}-again")).title == "PyCon Example"


def test_what_cannot_be_imported_is_said_in_a_sentence(run, tmp_path):
    (tmp_path / "no.zip").write_bytes(b"no")

    assert run("import", str(tmp_path / "no.zip")) == (NOTHING_DONE, "", "“no.zip” is not the file of an event.\n")
    assert run("import", str(tmp_path / "none.zip"))[0] == NOTHING_DONE


@pytest.mark.parametrize(("name", "first"), [("pages", "index.html"), ("pages.zip", None)])
def test_a_wall_is_archived_as_a_folder_or_a_zip(run, slug, tmp_path, name, first):
    status, said, _ = run("archive", slug, "--to", str(tmp_path / name))

    assert status == 0
    assert said.startswith(f"PyCon Example is in {tmp_path / name}, ")
    assert (tmp_path / name / (first or "")).is_file()
