import json

from hypothesis import given

from tests.cast import NOW
from tests.transcripts import NASTY, a_head, a_line, told
from wall.core.post import Media, Picture, Remark, Span
from wall.core.programme import Session
from wall.core.transcript.json_lines import VERSION, JsonLines


def records(*lines):
    return [json.loads(line) for line in told(JsonLines, a_head(), *lines).split("\n") if line]


def test_each_line_is_a_post_and_says_the_version_of_its_schema():
    first, second = records(a_line("One", key="a"), a_line("Two", key="b", answers="a", answered="Alice"))

    assert [first["schema"], second["schema"]] == [VERSION, VERSION]
    assert (second["text"], second["answers"]) == ("Two", "a")
    assert first["written_at"] == "2026-06-12T09:30:00.000Z"


def test_what_is_public_of_a_post_is_all_there():
    described = Remark("A bridge", "mia", "Mia", NOW)
    picture = Media(
        kind="image", url="https://x.example/secret", picture=Picture("a" * 32, 4, 3), description=described
    )
    span = Span(4, 8, "link", "", "https://x.example/")
    talk = Session(id="talk", title="Bridges", starts=NOW, room="Hall 1")

    (one,) = records(
        a_line(
            "See this",
            post={"media": (picture,), "spans": (span,), "sensitive": True},
            sessions=[talk],
            kept={"a" * 32},
        )
    )

    assert one["media"][0] == {
        "kind": "image", "src": f"https://wall.example/pyconex/media/{one['id']}/{'a' * 32}/screen",
        "width": 4, "height": 3, "description": "A bridge", "described_by": "team",
    }  # fmt: skip
    assert one["spans"][0]["href"] == "https://x.example/"
    assert one["sessions"] == [{"id": "talk", "title": "Bridges", "room": "Hall 1"}]
    assert one["sensitive"]


def test_what_only_the_team_may_know_is_not_there():
    line = a_line(post={"reposted_by": ("@team@x.example",)})

    (one,) = records(line)

    assert "@team@x.example" not in json.dumps(one)
    assert not {"status", "reason", "note", "decided_by", "uid", "followers"} & one.keys()


@given(text=NASTY)
def test_whatever_is_said_is_one_line(text):
    (one,) = records(a_line(text))

    assert one["text"] == text
