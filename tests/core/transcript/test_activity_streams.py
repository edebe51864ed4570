import json

from hypothesis import given

from tests.transcripts import NASTY, PAGE, a_head, a_line, told
from wall.core.transcript.activity_streams import ActivityStreams


def collection(*lines, **head):
    return json.loads(told(ActivityStreams, a_head(**head), *lines))


def test_it_is_an_ordered_collection_of_notes():
    found = collection(
        a_line("One", key="a", post={"language": "en"}), a_line("Two", key="b", answers="a", answered="Alice")
    )

    first, second = found["orderedItems"]
    assert (found["type"], found["totalItems"]) == ("OrderedCollection", 2)
    assert found["@context"][0] == "https://www.w3.org/ns/activitystreams"
    assert (first["type"], first["content"], first["contentMap"]) == ("Note", "<p>One</p>", {"en": "<p>One</p>"})
    assert first["attributedTo"] == {
        "type": "Person",
        "name": "Alice",
        "preferredUsername": "@alice@social.example",
    }
    assert second["inReplyTo"] == first["id"] == f"{PAGE}/post/a"


def test_an_empty_one_is_one_too():
    found = collection()

    assert (found["orderedItems"], found["totalItems"]) == ([], 0)


def test_a_warning_is_its_summary():
    (note,) = collection(a_line(post={"content_warning": "Heights"}))["orderedItems"]

    assert (note["summary"], note["sensitive"]) == ("Heights", True)


def test_where_nobody_is_named_no_note_leads_to_a_page_that_does():
    (note,) = collection(a_line(key="7", url=""), initials=True)["orderedItems"]

    assert note["id"] == f"{PAGE}/transcript#p7"
    assert "url" not in note


@given(text=NASTY)
def test_whatever_is_said_is_escaped_in_its_content(text):
    (note,) = collection(a_line(text))["orderedItems"] if text else [{"content": ""}]

    assert "<v" not in note["content"]
    assert "</script" not in note["content"]
