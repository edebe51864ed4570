import json
import re
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest

from wall.rehearsal import pictures
from wall.rehearsal.programme import programme
from wall.rehearsal.record import record

LINES = list(record())
POSTS = [line for line in LINES if line["op"] == "post"]
BY_ID = {line["id"]: line for line in POSTS}
BY_AUTHOR = Counter(post["author"]["id"] for post in POSTS)
FIELDS = {"at", "op", "kind", "id", "author", "text", "language", "reply_to", "media", "sensitive", "warning"}
KINDS = {"mastodon", "bluesky", "nostr", "irc", "feed", "form"}
START = programme()[0].start


def normalised(text):
    return "".join(character for character in text.lower() if character.isalnum())


def first_with(text):
    return next(post for post in POSTS if text in post["text"])


def clock(line):
    return line["at"] + START


def test_it_is_as_big_as_the_conference_it_follows():
    assert 2100 <= len(POSTS) <= 2220
    assert 280 <= len(BY_AUTHOR) <= 320


def test_the_ten_busiest_write_nearly_half():
    ten = sum(count for _, count in BY_AUTHOR.most_common(10))

    assert 0.45 <= ten / len(POSTS) <= 0.50


def test_everyone_else_writes_far_less():
    assert BY_AUTHOR.most_common(11)[-1][1] < BY_AUTHOR.most_common(10)[-1][1] / 1.5
    assert sum(1 for count in BY_AUTHOR.values() if count == 1) > 40


def test_the_same_seed_gives_the_same_event():
    assert list(record(seed=1)) == LINES


def test_another_seed_gives_another_event():
    assert list(record(seed=2)) != LINES


@pytest.mark.parametrize("seed", [2, 3, 2026])
def test_every_seed_gives_a_whole_event(seed):
    posts = [line for line in record(seed=seed) if line["op"] == "post"]

    assert 2100 <= len(posts) <= 2220
    assert max(Counter(int(post["at"] // 60) for post in posts).values()) <= 10


def test_lines_come_in_the_order_of_time():
    assert all(earlier["at"] <= later["at"] for earlier, later in pairwise(LINES))
    assert 0 < LINES[0]["at"] < 10
    assert LINES[-1]["at"] < 2 * 86_400


def test_every_line_survives_json():
    assert [json.loads(json.dumps(line)) for line in LINES] == LINES


def test_every_post_has_every_field():
    assert all(set(line) - {"reposts"} == FIELDS for line in LINES if line["op"] != "delete")
    assert {line["kind"] for line in LINES} == KINDS
    assert len(BY_ID) == len(POSTS)


def test_the_busiest_minute_and_second_are_those_of_a_real_conference():
    assert 6 <= max(Counter(int(post["at"] // 60) for post in POSTS).values()) <= 10
    assert max(Counter(int(post["at"]) for post in POSTS).values()) == 3


def test_nights_are_quiet_and_keynotes_are_not():
    night = [post for post in POSTS if 22.5 * 3600 < clock(post) < 31 * 3600]
    keynote = [post for post in POSTS if 9.3 * 3600 < clock(post) < 10.2 * 3600]
    breakfast = [post for post in POSTS if clock(post) < 9 * 3600]

    assert 5 < len(night) < 40
    assert len(keynote) > 120
    assert len(breakfast) > 35


def test_nobody_answers_before_there_is_something_to_answer():
    answers = [post for post in POSTS if post["reply_to"]]

    assert len(answers) > 250
    assert all(BY_ID[post["reply_to"]]["at"] < post["at"] for post in answers)


def test_people_answer_one_another_several_times_over():
    deep = [post for post in POSTS if post["reply_to"] and BY_ID[post["reply_to"]]["reply_to"]]

    assert len(deep) > 40


def test_authors_edit_and_delete_only_what_they_wrote_before():
    changes = [line for line in LINES if line["op"] != "post"]

    assert Counter(line["op"] for line in changes)["edit"] >= 8
    assert Counter(line["op"] for line in changes)["delete"] >= 6
    assert all(BY_ID[line["id"]]["at"] < line["at"] for line in changes)
    assert all(BY_ID[line["id"]]["author"] == line["author"] for line in changes)


def test_an_edit_changes_the_words():
    edits = [line for line in LINES if line["op"] == "edit"]

    assert all(line["text"] != BY_ID[line["id"]]["text"] for line in edits)


def test_no_two_longer_posts_are_alike():
    longer = Counter(normalised(post["text"]) for post in POSTS if len(post["text"]) > 60)
    trams_and_breaks = [text for text in longer if "tramsfromthequay" in text]

    assert [text for text, count in longer.items() if count > 1 and text not in trams_and_breaks] == []


def test_posts_are_short_and_long_and_fit():
    lengths = [len(post["text"]) for post in POSTS]

    assert max(lengths) <= 500
    assert sum(1 for length in lengths if length > 300) >= 10
    assert sum(1 for length in lengths if length < 45) > 80


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "pt", "pl", "fi", "ja", "hi", "ar", "he", "th", "zh", "el", "uk", "ru"]
)
def test_people_write_in_their_own_language(language):
    assert sum(1 for post in POSTS if post["language"] == language) >= 8


def test_right_to_left_posts_are_written_right_to_left():
    posts = [post for post in POSTS if post["language"] in ("ar", "he", "fa")]

    assert all(any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in post["text"]) for post in posts)


def test_there_are_families_flags_and_shades_of_skin():
    everything = "".join(post["text"] for post in POSTS)

    assert "👨‍👩‍👧‍👦" in everything
    assert "\U0001f3f4\U000e0067\U000e0062" in everything
    assert all(shade in everything for shade in "🏻🏼🏽🏾🏿")


def test_people_ask_the_speakers_and_speakers_answer():
    questions = [post for post in POSTS if post["text"].startswith("Question")]
    answered = {post["reply_to"] for post in POSTS}

    assert len(questions) >= 20
    assert sum(1 for post in questions if post["id"] in answered) >= 12


def test_what_moderators_have_to_look_at_is_there():
    texts = [post["text"] for post in POSTS]

    assert sum(1 for text in texts if re.search(r"crypto|TOKENS|followers|DM me|reach", text, re.IGNORECASE)) >= 4
    assert any("\u202e" in text for text in texts)
    assert any(len(word) > 100 for text in texts for word in text.split())
    assert any(sum(map(unicodedata.combining, post["author"]["name"])) > 2000 for post in POSTS)
    assert any(len(re.findall(r"#\w+", text)) >= 3 for text in texts)


def test_nobody_answers_the_robot():
    robot = {post["id"] for post in POSTS if post["author"]["name"] == "Programme Robot"}

    assert len(robot) > 100
    assert not robot & {post["reply_to"] for post in POSTS}


def test_posts_from_the_room_have_a_name_and_no_handle():
    on_site = [post["author"] for post in POSTS if post["kind"] == "form"]

    assert len(on_site) > 40
    assert all(author["name"] and not author["handle"] and not author["avatar"] for author in on_site)


def test_every_post_of_a_network_carries_the_hashtag_of_the_event():
    lines = [line for line in record(hashtag="ourtown") if line["op"] == "post" and line["kind"] != "form"]

    assert all("#ourtown" in line["text"].lower() for line in lines)


def test_links_lead_to_example_domains_only():
    hosts = {host for post in POSTS for host in re.findall(r"https?://([^/\s]+)", post["text"])}

    assert len(hosts) > 10
    assert all(re.search(r"(^|\.)(example|example\.(org|com|net))$", host) for host in hosts)


def test_every_picture_that_is_shown_can_be_drawn():
    shown = {media["url"] for post in POSTS for media in post["media"]}
    shown |= {post["author"]["avatar"] for post in POSTS if post["author"]["avatar"]}

    assert {name.removeprefix("rehearsal:") for name in shown} <= set(pictures.names())


def test_some_pictures_are_described_and_some_are_not():
    described = Counter(media["alt"] is not None for post in POSTS for media in post["media"])

    assert described[True] > 40
    assert described[False] > 25


def test_people_write_about_the_owl_when_there_is_an_owl():
    street = next(session for session in programme() if session.id == "street")

    assert clock(first_with("THE OWL.")) > street.start
    assert clock(first_with("“The owl was right.”")) > street.start + 14 * 60


def test_warnings_make_a_post_sensitive():
    assert {post["sensitive"] for post in POSTS if post["warning"]} == {True}
    assert sum(1 for post in POSTS if post["warning"]) >= 5


def test_no_stage_direction_is_left_in_the_words():
    words = [line["text"] for line in LINES if line["op"] != "delete"]

    assert [text for text in words if re.search(r"[{}]|##|\\u|^[>.~=] |\|\|", text)] == []


def test_some_posts_are_passed_on_more_and_more_and_none_of_networks_that_know_no_reposts():
    counts = [line for line in LINES if line["op"] == "reposts"]
    grown = {post["id"]: [line["reposts"] for line in counts if line["id"] == post["id"]] for post in POSTS}

    assert len(counts) > 200
    assert all(found == sorted(set(found)) for found in grown.values())
    assert {line["kind"] for line in counts} == {"mastodon", "bluesky", "nostr"}
    assert all(line["at"] > BY_ID[line["id"]]["at"] for line in counts)
