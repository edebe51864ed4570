from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.annotation import LONGEST_NOTE, Description, Note, annotate
from wall.core.authorship import edit, is_edit, withdraw
from wall.core.decision import decide
from wall.core.moderation import Standing, Status, Verdict, public_update
from wall.core.post import Media, Picture, Remark
from wall.errors import AlreadyDecided, InvalidInput

PICTURE = Media(kind="image", url="https://x.example/1.png", alt="IMG_1", picture=Picture("0" * 32, 8, 6))


def waiting(**fields):
    return Standing(post=a_post(media=(PICTURE,), uid="ap:1", **fields), status=Status.WAITING)


def note(text, seen=""):
    return Note(id="note-1", post_id="x", by="mia", by_name="Mia", text=text, seen=seen)


def describe(standing, text, *, media=0, **fields):
    fields = {"content_hash": standing.post.content_hash, **fields}
    return Description(id="say-1", post_id="x", by="mia", by_name="Mia", text=text, media=media, **fields)


def test_a_note_says_who_wrote_it_and_when_and_audiences_notice_nothing():
    standing = replace(waiting(), status=Status.APPROVED)

    after = annotate(standing, note(" Ask\u202e first "), NOW)

    assert after.note == Remark("Ask first", "mia", "Mia", NOW)
    assert after.version == standing.version + 1
    assert public_update(standing, after) is None


def test_a_note_without_text_is_taken_away():
    there = annotate(waiting(), note("Ask first"), NOW)

    assert annotate(there, note("  ", seen="Ask first"), NOW).note is None


def test_a_note_never_replaces_one_that_was_not_seen():
    there = annotate(waiting(), note("Ask first"), NOW)

    with pytest.raises(AlreadyDecided, match="Somebody else wrote a note"):
        annotate(there, note("Mine"), NOW)


def test_a_note_is_kept_although_somebody_decided_meanwhile():
    standing = waiting()
    decided = decide(standing, a_decision("approve", standing), NOW)

    after = annotate(decided, note("Ask first"), NOW)

    assert (after.status, after.decided_by_name) == (Status.APPROVED, "Mia")
    assert after.before == decided.before


def test_a_long_note_is_cut():
    assert len(annotate(waiting(), note("x" * 10_000), NOW).note.text) <= LONGEST_NOTE


def test_a_description_is_heard_and_the_authors_words_stay():
    standing = replace(waiting(), status=Status.APPROVED)

    after = annotate(standing, describe(standing, "A cat"), NOW)

    (media,) = after.post.media
    assert (media.heard, media.alt, media.description.by_name) == ("A cat", "IMG_1", "Mia")
    assert public_update(standing, after) == "edited"


def test_an_approval_is_bound_to_the_description_that_was_seen():
    standing = waiting()
    after = annotate(standing, describe(standing, "A cat"), NOW)
    seen = replace(a_decision("approve", standing), version=after.version)

    with pytest.raises(AlreadyDecided):
        decide(after, seen, NOW)


def test_a_description_is_of_the_picture_that_was_seen():
    standing = waiting()

    with pytest.raises(AlreadyDecided, match="changed since you saw it"):
        annotate(standing, describe(standing, "A cat", content_hash="other"), NOW)


@pytest.mark.parametrize("media", [-1, 1, 10**9])
def test_there_is_no_other_picture_to_describe(media):
    standing = waiting()

    with pytest.raises(InvalidInput, match="no such picture"):
        annotate(standing, describe(standing, "A cat", media=media), NOW)


def test_the_same_post_seen_again_is_no_edit_of_a_described_one():
    standing = waiting()
    after = annotate(standing, describe(standing, "A cat"), NOW)

    assert not is_edit(after, standing.post)


def test_an_edit_of_the_words_leaves_the_description():
    standing = waiting()
    after = annotate(standing, describe(standing, "A cat"), NOW)

    edited = edit(after, replace(standing.post, text="Other words", revision=2), Verdict(), NOW)

    assert edited.post.media[0].heard == "A cat"


def test_an_author_who_describes_the_picture_anew_is_heard():
    standing = waiting()
    after = annotate(standing, describe(standing, "A cat"), NOW)
    own = replace(PICTURE, alt="My cat Miau")

    edited = edit(after, replace(standing.post, media=(own,), revision=2), Verdict(), NOW)

    assert edited.post.media[0].heard == "My cat Miau"


def test_who_deletes_a_post_deletes_what_the_team_wrote_on_it():
    standing = annotate(waiting(), note("Ask first"), NOW)
    gone = withdraw(standing, NOW)

    assert (gone.note, gone.post.media) == (None, ())
    with pytest.raises(AlreadyDecided):
        annotate(gone, note("Again"), NOW)
