import json
from datetime import timedelta

import pytest

from tests.sources.relay import MIA, ZED
from tests.sources.world import CONTINUED, EVENT, NOW
from wall.core.post import SourceRef
from wall.errors import SourceError
from wall.sources.base import Delete, Upsert
from wall.sources.nostr.dialog import Dialog
from wall.sources.nostr.handle import Handles
from wall.sources.nostr.harvest import MOST_EXPIRING, Harvest
from wall.sources.nostr.held import Patience
from wall.sources.threads import Threads

SECOND = timedelta(seconds=1)
PATIENCE = Patience(profile=2 * SECOND, answer=20 * SECOND, again=120 * SECOND)


@pytest.fixture
def harvest():
    return Harvest(Handles(None, lambda: NOW, patience=SECOND), Threads(EVENT))


@pytest.fixture
def dialog(harvest):
    """A conversation in which the notes were asked for."""
    dialog = Dialog(SourceRef(id="one", kind="nostr", place="relay.example"), harvest, ["pyconde"], None, PATIENCE)
    dialog.requests(NOW)
    return dialog


def say(dialog, *frames):
    for frame in frames:
        dialog.receive(json.dumps(frame))


def taken(dialog, *notes):
    """Have notes taken, whose authors have no profiles; returns what is passed on."""
    say(dialog, *(["EVENT", "notes", note] for note in notes), ["EOSE", "notes"])
    dialog.requests(NOW)
    say(dialog, ["EOSE", "profiles"])
    return dialog.harvest(NOW)


@pytest.mark.parametrize(
    ("said", "words", "permanent"),
    [
        ([], "does not answer it.", False),
        ([["NOTICE", "ERROR: bad req"]], "It says: ERROR: bad req.", False),
        ([["NOTICE", 7], ["NOTICE"]], "does not answer it.", False),
        ([["AUTH", "challenge"]], "NIP-42", True),
    ],
)
def test_a_relay_that_owes_an_answer_for_too_long_is_told_with_what_it_said(dialog, said, words, permanent):
    say(dialog, *said)

    with pytest.raises(SourceError) as error:
        dialog.requests(NOW + 20 * SECOND)

    assert words in error.value.message
    assert error.value.permanent == permanent


@pytest.mark.parametrize(
    ("reason", "words", "permanent", "wait"),
    [
        ("auth-required: members", "name another relay", True, None),
        ("restricted: payers", "to some people only", True, None),
        ("rate-limited: slow down", "asked again in a minute", False, 60),
        ("error: busy", "error: busy", False, None),
        ("\u202e" + "x" * 10_000, "xxx", False, None),
        (None, "does not say why", False, None),
    ],
)
def test_a_refusal_is_told_in_words(dialog, reason, words, permanent, wait):
    with pytest.raises(SourceError) as error:
        say(dialog, ["CLOSED", "notes", reason])

    assert words in error.value.message
    assert len(error.value.message) < 500
    assert (error.value.permanent, error.value.retry_after) == (permanent, wait)


def test_a_relay_is_asked_for_its_newest_notes_again_and_the_question_is_closed(dialog):
    taken(dialog)

    asked = [json.loads(frame) for frame in dialog.requests(NOW + 120 * SECOND)]
    say(dialog, ["EOSE", "again"])

    assert [frame[:2] for frame in asked] == [["REQ", "again"]]
    assert [json.loads(frame) for frame in dialog.requests(NOW + 121 * SECOND)] == [["CLOSE", "again"]]


def test_a_relay_that_will_not_be_asked_again_is_listened_to(dialog):
    taken(dialog)
    dialog.requests(NOW + 120 * SECOND)

    say(dialog, ["CLOSED", "again", "rate-limited: too many"])

    assert dialog.requests(NOW + 150 * SECOND) == []


def test_a_delete_of_two_notes_holds_for_the_one_that_comes_later(dialog):
    first, second = MIA.note("first", at=NOW), MIA.note("second", at=NOW)
    taken(dialog, first)

    say(dialog, ["EVENT", "deletions", MIA.deletion(first, second)], ["EVENT", "notes", second])

    assert dialog.harvest(NOW) == [Delete(f"nostr:{first['id']}", f"nostr:{MIA.pubkey}")]


def test_somebody_else_s_delete_keeps_no_note_away(dialog):
    note = MIA.note(at=NOW)
    say(dialog, ["EVENT", "notes", ZED.deletion(note)])

    assert [type(event) for event in taken(dialog, note)] == [Upsert]


def test_a_note_with_an_end_is_taken_only_while_its_end_can_be_kept_in_mind(dialog, harvest):
    harvest.expiring.update({str(number): 1 for number in range(MOST_EXPIRING)})
    ends = str(int(NOW.timestamp()) + 60)

    (event,) = taken(dialog, MIA.note(tags=[("expiration", ends)], at=NOW))

    assert "too many others" in event.reason
    assert len(harvest.expiring) == MOST_EXPIRING


def test_replies_of_authors_to_their_own_notes_are_asked_for_while_these_are_fresh(dialog, harvest):
    harvest.threads = Threads(CONTINUED)
    first, second = MIA.note(at=NOW), ZED.note(at=NOW - 60 * SECOND)
    old = MIA.note("old #PyConDE", at=NOW - 1300 * SECOND)
    taken(dialog, first, second, old)

    frames = [json.loads(frame) for frame in dialog.requests(NOW + SECOND)]
    again = dialog.requests(NOW + 10 * SECOND)

    (asked,) = [frame[2] for frame in frames if frame[1] == "threads"]
    assert sorted(asked["#e"]) == sorted([first["id"], second["id"]])
    assert sorted(asked["authors"]) == sorted([MIA.pubkey, ZED.pubkey])
    assert again == []


def test_what_an_author_adds_is_passed_on(dialog, harvest):
    harvest.threads = Threads(CONTINUED)
    note = MIA.note(at=NOW)
    taken(dialog, note)

    reply = MIA.event("And more", tags=[("e", note["id"], "", "root")], at=NOW)
    say(dialog, ["EVENT", "threads", reply])

    (event,) = dialog.harvest(NOW)
    assert (event.post.text, event.post.reply_to) == ("And more", f"nostr:{note['id']}")
