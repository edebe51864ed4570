import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import BOB, NOW, a_post
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.core.rules import KINDS, Rule
from wall.store.keys import EventKeys
from wall.store.submission import Submission

WORDS = {
    "kind": "words",
    "entries": "shit\ncrypto coin",
    "place-text": "yes",
    "place-name": "yes",
    "effect": "reject",
    "name": "insults",
    "ends": "never",
    "on": "yes",
}
JSON = {"accept": "application/json"}


@pytest.fixture
def base(event):
    return f"/organise/{event.slug}/rules"


@pytest.fixture
async def browser(wall, olga):
    return await wall.browser_of(olga)


@pytest.fixture
async def posts(store, event):
    """Three posts that are here already, one with an insult in disguise."""
    sent = [a_post("Good morning"), a_post("What a sh1t show", author=BOB), a_post("<b>Hello</b>")]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in sent], now=NOW)
    return sent


@pytest.fixture
def rules(store, event):
    async def rules():
        return (await store.rules.get(event.slug)).rules

    return rules


@pytest.fixture
async def three(store, event):
    """Three rules, set by Ada."""
    made = tuple(
        Rule(id=f"r{number}", kind=kind, by="ada", by_name="Ada", changed_at=NOW)
        for number, kind in enumerate(("bots", "replies", "sensitive"), 1)
    )
    await store.rules.change(event.slug, lambda rules: made)
    return made


def ids(rules):
    return [rule.id for rule in rules]


class TestTheChain:
    async def test_without_rules_the_page_says_what_happens_and_how_to_begin(self, browser, base):
        page = await browser.get(base)

        assert page.status_code == 200
        assert "No rule yet" in page.text
        assert f'href="{base}/new/words"' in page.text

    async def test_rules_stand_in_their_order_with_what_they_do_and_did(self, store, event, browser, base, three):
        await store.rules.count(event.slug, [Verdict(rule="r1"), Verdict(rule="r1", error="broken")])

        page = (await browser.get(base)).text

        assert page.index("Posts by bots wait for a moderator.") < page.index("Replies wait for a moderator.")
        assert "<b>1</b> caught" in page
        assert "<b>1</b> failed" in page
        assert "Set by <bdi>Ada</bdi>" in page

    async def test_a_rule_that_is_off_says_what_it_would_have_caught(self, store, event, browser, base, posts):
        off = Rule(id="w", kind="words", entries=("shit",), places=("text",), on=False)
        await store.rules.change(event.slug, lambda rules: (off,))

        page = (await browser.get(base)).text

        assert "<b>1</b> of the last 3 posts" in page

    async def test_moderators_read_it_and_change_nothing(self, wall, mia, base, three):
        moderator = await wall.browser_of(mia)

        chain, rule = await moderator.get(base), await moderator.get(f"{base}/r1")

        assert (chain.status_code, rule.status_code) == (200, 200)
        assert "<form" not in chain.text.split('id="main"')[1]
        assert '<fieldset class="rule-form__fields" disabled>' in rule.text

    async def test_damaged_rules_are_said_to_be(self, store, event, browser, base):
        await store.database.command("HSET", EventKeys(event.slug).rules, "version", 3, "chain", b"{")

        page = await browser.get(base)

        assert "cannot be read, so everything waits" in page.text

    async def test_a_rule_of_a_newer_program_is_shown_and_can_be_deleted(self, store, event, browser, base, rules):
        await store.rules.change(event.slug, lambda rules: (Rule(id="x", kind="of tomorrow"),))

        page = await browser.get(base)
        one = await browser.get(f"{base}/x")
        await browser.post(f"{base}/x/deletion")

        assert (page.status_code, one.status_code) == (200, 404)
        assert await rules() == ()

    async def test_the_events_page_leads_here(self, browser, event, base, three):
        page = await browser.get(f"/organise/{event.slug}")

        assert "3 rules, all on." in page.text
        assert f'href="{base}"' in page.text


class TestAdding:
    async def test_every_kind_can_be_chosen(self, browser, base):
        page = await browser.get(f"{base}/new")

        assert set(re.findall(rf'href="{base}/new/(\w+)"', page.text)) == set(KINDS)

    @pytest.mark.parametrize("kind", KINDS)
    async def test_every_kind_has_a_form_with_labels_of_its_own(self, browser, base, posts, kind):
        page = await browser.get(f"{base}/new/{kind}")

        found = re.findall(r' id="([^"]*)"', page.text)
        assert page.status_code == 200
        assert sorted(found) == sorted(set(found))
        assert set(re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]*)"', page.text)) <= set(found)

    async def test_a_rule_is_added_at_the_end(self, browser, base, rules, three, olga):
        answer = await browser.post(base, data=WORDS)

        added = (await rules())[-1]
        assert answer.headers["location"] == f"{base}#rule-{added.id}"
        assert ids(await rules())[:3] == ["r1", "r2", "r3"]
        assert replace(added, id="") == Rule(
            id="",
            kind="words",
            name="insults",
            effect="reject",
            entries=("shit", "crypto coin"),
            places=("text", "name"),
            by=olga.id,
            by_name="Olga",
            changed_at=NOW,
        )

    async def test_a_rule_is_added_turned_off(self, browser, base, rules):
        await browser.post(base, data={**WORDS, "on": "no"})

        assert not (await rules())[0].on

    async def test_words_come_from_a_file_too_each_once(self, browser, base, rules):
        file = ("words.txt", b"\xef\xbb\xbfdamn\r\nSHIT\r\n\r\nkur\xc5\xbea\r\n", "text/plain")

        answer = await browser.post(base, data=WORDS, files={"entries-file": file})

        assert (await rules())[0].entries == ("shit", "crypto coin", "damn", "kurža")
        assert "left_out=1" in answer.headers["location"]
        assert "1 entry was left out" in (await browser.get(answer.headers["location"])).text

    async def test_a_file_that_is_no_text_is_refused_and_what_was_typed_stays(self, browser, base, rules):
        page = await browser.post(
            base, data=WORDS, files={"entries-file": ("a.txt", b"\xff\xd8\xff", "text/plain")}
        )

        assert page.status_code == 422
        assert "no text in UTF-8" in page.text
        assert "crypto coin" in page.text
        assert await rules() == ()

    async def test_five_thousand_words_are_taken(self, browser, base, rules):
        words = "\n".join(f"wörter{number}" for number in range(5_000))

        answer = await browser.post(base, data={**WORDS, "entries": words}, files={"x-file": b""})

        assert answer.status_code == 303
        assert len((await rules())[0].entries) == 5_000

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"entries": ""}, "Name at least one (word or phrase)"),
            ({"entries": "…"}, "holds no letter"),
            ({"entries": "\n".join(f"w{number}" for number in range(10_001))}, "10,000 entries at most"),
            ({"place-text": None, "place-name": None}, "Choose where to look."),
            ({"effect": "explode"}, "rejects them"),
            ({"ends": "at", "until": "tomorrow"}, "A time is written like"),
            ({"ends": "at", "until": "2020-01-01T10:00"}, "That time is over already"),
            ({"ends": "event"}, "last day is not known"),
            ({"ends": "doomsday"}, "Choose an end"),
        ],
    )
    async def test_what_cannot_be_used_is_said_and_what_was_typed_stays(self, browser, base, rules, changes, said):
        values = {name: value for name, value in {**WORDS, **changes}.items() if value is not None}

        page = await browser.post(base, data=values)

        assert page.status_code == 422
        assert said in page.text
        assert 'value="insults"' in page.text
        assert await rules() == ()

    @pytest.mark.parametrize("limit", ["x", "-1", "51", "nan", "1e999"])
    async def test_a_limit_out_of_its_range_is_refused(self, browser, base, rules, limit):
        page = await browser.post(base, data={"kind": "links", "limit": limit})

        assert page.status_code == 422
        assert await rules() == ()

    async def test_a_rule_ends_by_the_clocks_of_the_venue(self, store, event, browser, base, rules):
        await store.events.change(
            event.slug, lambda event: replace(event, timezone="Europe/Berlin", ends=date(2026, 6, 13))
        )

        for fields in ({"ends": "today"}, {"ends": "event"}, {"ends": "at", "until": "2026-06-12T18:30"}):
            await browser.post(base, data={"kind": "bots", **fields})

        assert [rule.until for rule in await rules()] == [
            datetime(2026, 6, 12, 22, 0, tzinfo=UTC),
            datetime(2026, 6, 13, 22, 0, tzinfo=UTC),
            datetime(2026, 6, 12, 16, 30, tzinfo=UTC),
        ]

    async def test_what_is_typed_is_shown_as_text(self, browser, base):
        page = await browser.post(
            base, data={**WORDS, "name": '"><script>x</script>', "entries": "</textarea><script>"}
        )

        assert "<script>x" not in page.text
        assert "</textarea><script>" not in page.text


class TestChanging:
    async def test_a_rule_is_changed_by_whoever_saw_it_as_it_is(self, wall, browser, base, rules, three):
        wall.time = NOW + timedelta(minutes=5)
        seen = re.search(r'name="seen" value="([^"]*)"', (await browser.get(f"{base}/r2")).text)[1]

        answer = await browser.post(f"{base}/r2", data={"seen": seen, "effect": "reject", "on": "yes"})

        after = (await rules())[1]
        assert answer.status_code == 303
        assert (after.id, after.kind, after.effect, after.by_name) == ("r2", "replies", "reject", "Olga")

    async def test_who_is_slower_is_told_who_was_faster_and_keeps_what_they_typed(
        self, store, event, browser, base, rules
    ):
        await browser.post(base, data=WORDS)
        (before,) = await rules()
        ada = replace(before, entries=("adas word",), by_name="Ada", changed_at=NOW + timedelta(minutes=1))
        await store.rules.change(event.slug, lambda rules: (ada,))

        page = await browser.post(
            f"{base}/{before.id}", data={**WORDS, "seen": NOW.isoformat(), "entries": "mine"}
        )
        seen = re.search(r'name="seen" value="([^"]*)"', page.text)[1]
        unchanged = await rules()
        again = await browser.post(f"{base}/{before.id}", data={**WORDS, "seen": seen, "entries": "mine"})

        assert page.status_code == 409
        assert "Ada changed this rule meanwhile." in page.text
        assert re.search(r"<textarea[^>]*>mine</textarea>", page.text)
        assert unchanged == (ada,)
        assert again.status_code == 303
        assert (await rules())[0].entries == ("mine",)

    async def test_a_rule_deleted_meanwhile_can_be_saved_as_a_new_one(self, browser, base, rules):
        page = await browser.post(f"{base}/gone", data={**WORDS, "seen": "x"})

        assert page.status_code == 409
        assert "somebody deleted it" in page.text
        assert f'action="{base}"' in page.text
        assert "crypto coin" in page.text
        assert await rules() == ()

    async def test_rules_are_moved_by_buttons(self, browser, base, rules, three):
        page = (await browser.get(base)).text
        up = re.findall(r'name="before" value="(\w+)" aria-label="Move [^"]* up"', page)
        down = re.findall(r'name="before" value="(\w+)" aria-label="Move [^"]* down"', page)

        await browser.post(f"{base}/r1/place", data={"before": down[0]})
        first = ids(await rules())
        await browser.post(f"{base}/r3/place", data={"before": "r2"})

        assert (up, down) == (["r1", "r2"], ["r3", "end"])
        assert first == ["r2", "r1", "r3"]
        assert ids(await rules()) == ["r3", "r2", "r1"]

    async def test_a_rule_is_turned_off_and_on(self, browser, base, rules, three):
        await browser.post(f"{base}/r1/switch", data={"on": "no"})
        off = (await rules())[0]
        await browser.post(f"{base}/r1/switch", data={"on": "yes"})

        assert (off.on, off.by_name) == (False, "Olga")
        assert (await rules())[0].on

    async def test_a_rule_is_deleted(self, browser, base, rules, three):
        await browser.post(f"{base}/r1/deletion")
        again = await browser.post(f"{base}/r1/deletion")

        assert ids(await rules()) == ["r2", "r3"]
        assert again.status_code == 303


class TestPreview:
    async def test_a_rule_says_what_it_would_have_caught_before_it_is_saved(self, browser, base, rules, posts):
        page = await browser.post(f"{base}/preview", data=WORDS)

        assert page.status_code == 200
        assert "Would have caught <b>1</b> of the last <b>3</b> posts" in page.text
        assert "What a <mark>sh1t</mark> show" in page.text
        assert "@bob@other.example" in page.text
        assert "crypto coin</textarea>" in page.text
        assert await rules() == ()

    async def test_a_script_is_answered_with_the_preview_alone(self, browser, base, posts):
        answer = await browser.post(f"{base}/preview", data=WORDS, headers=JSON)

        assert answer.json()["field"] is None
        assert answer.json()["html"].startswith('<div class="tried"')
        assert "<mark>sh1t</mark>" in answer.json()["html"]

    async def test_what_cannot_be_tried_says_why(self, browser, base, posts):
        answer = await browser.post(f"{base}/preview", data={**WORDS, "entries": ""}, headers=JSON)
        page = await browser.post(f"{base}/preview", data={**WORDS, "entries": ""})

        assert answer.json()["field"] == "entries"
        assert "Name at least one (word" in answer.json()["html"]
        assert page.status_code == 422

    async def test_posts_are_shown_as_text(self, browser, base, posts):
        answer = await browser.post(f"{base}/preview", data={**WORDS, "entries": "b"}, headers=JSON)

        assert "<b>Hello" not in answer.json()["html"]
        assert "&lt;<mark>b</mark>&gt;Hello" in answer.json()["html"]

    async def test_entries_that_say_the_same_are_named(self, browser, base, posts):
        answer = await browser.post(f"{base}/preview", data={**WORDS, "entries": "shit\nSHIT\nѕhіt"}, headers=JSON)

        assert "2 entries are left out on saving" in answer.json()["html"]

    async def test_a_withdrawn_post_is_not_among_them(self, store, event, browser, base, posts):
        await store.posts.withdraw(event.slug, posts[1].uid, now=NOW)

        page = await browser.post(f"{base}/preview", data=WORDS)

        assert "Would have caught <b>0</b> of the last <b>2</b> posts" in page.text

    async def test_a_rule_that_is_kept_is_tried_when_it_is_opened(self, browser, base, three, posts):
        page = await browser.get(f"{base}/r1")

        assert "Would have caught <b>0</b> of the last <b>3</b> posts" in page.text

    async def test_a_preview_of_a_rule_that_is_kept_goes_on_changing_that_one(self, browser, base, three, posts):
        page = await browser.post(f"{base}/preview", data={"kind": "bots", "rule": "r1", "seen": "x"})

        assert f'action="{base}/r1"' in page.text


class TestFiles:
    async def test_a_chain_that_is_saved_can_be_taken_in_again(self, store, event, browser, base, rules):
        await browser.post(base, data={**WORDS, "note": "Why not"})
        await browser.post(base, data={"kind": "links", "limit": "3", "ends": "today"})
        before = await rules()

        file = await browser.get(f"{base}/export")
        answer = await browser.post(f"{base}/import", data={"file": file.text, "how": "replace"})

        after = await rules()
        assert "attachment" in file.headers["content-disposition"]
        assert "Olga" not in file.text
        assert answer.status_code == 303
        assert [replace(rule, id="") for rule in after] == [
            replace(rule, id="", on=False) if rule.kind == "links" else replace(rule, id="") for rule in before
        ]
        assert not set(ids(before)) & set(ids(after))

    async def test_a_file_is_added_below_the_rules_that_are_here(self, browser, base, rules, three):
        file = json.dumps({"format": "backchannel-rules", "version": 1, "rules": [{"kind": "reposts"}]})

        await browser.post(f"{base}/import", files={"file-file": ("r.json", file.encode(), "application/json")})

        assert [rule.kind for rule in await rules()] == ["bots", "replies", "sensitive", "reposts"]

    async def test_a_file_says_what_it_would_do_before_it_is_taken_in(self, browser, base, rules, posts):
        words = {"kind": "words", "entries": ["shit", "SHIT"], "places": ["text"], "name": "bad"}
        file = json.dumps({"format": "backchannel-rules", "version": 1, "rules": [words]})

        page = await browser.post(f"{base}/import", data={"file": file, "preview": "yes"})

        assert "Would have caught <b>1</b> of the last <b>3</b> posts" in page.text
        assert "1 rule in the file" in page.text
        assert await rules() == ()

    @pytest.mark.parametrize(
        ("file", "said"),
        [
            ("", "Choose a file of rules"),
            ("nonsense", "This is no file of rules"),
            ("[" * 100_000, "This is no file of rules"),
            ('{"format":"other","version":1,"rules":[]}', "no file of rules of version 1"),
            ('{"format":"backchannel-rules","version":1,"rules":[]}', "There is no rule in this file."),
            ('{"format":"backchannel-rules","version":1,"rules":[{"kind":1}]}', "$.rules[0].kind"),
            ('{"format":"backchannel-rules","version":1,"rules":[{"kind":"bots","oops":1}]}', "oops"),
            ('{"format":"backchannel-rules","version":1,"rules":[{"kind":"bots"},{"kind":"x"}]}', "Rule 2"),
            ('{"format":"backchannel-rules","version":1,"rules":[{"kind":"words"}]}', "Rule 1 (Word list)"),
            (
                '{"format":"backchannel-rules","version":1,"rules":[{"kind":"bots","until":"2026-06-12T10:00:00"}]}',
                "needs a time zone",
            ),
            (
                json.dumps({"format": "backchannel-rules", "version": 1, "rules": [{"kind": "bots"}] * 51}),
                "50 rules at most",
            ),
        ],
    )
    async def test_a_file_that_cannot_be_used_changes_nothing(self, browser, base, rules, three, file, said):
        page = await browser.post(f"{base}/import", data={"file": file, "how": "replace"})

        assert page.status_code == 422
        assert said.replace('"', "&#34;") in page.text
        assert await rules() == three

    async def test_a_large_file_is_taken_and_one_that_is_too_large_is_not(self, site, store, event, olga):
        browser = await site.browser_of(olga)
        words = [f"слово{number}" for number in range(9_500)]
        chain = {"format": "backchannel-rules", "version": 1, "rules": [{"kind": "words", "entries": words}]}
        file = json.dumps(chain, ensure_ascii=False, indent=4).encode()
        assert len(file) > 300 * 1024

        large = await browser.post(
            f"/organise/{event.slug}/rules/import", files={"file-file": ("r.json", file, "application/json")}
        )
        larger = await browser.post(f"/organise/{event.slug}/rules/import", files={"file-file": b"x" * 2**20})

        assert (large.status_code, larger.status_code) == (303, 413)
        assert len((await store.rules.get(event.slug)).rules[0].entries) == 9_500


@pytest.mark.parametrize("path", ["", "/import", "/preview", "/r1", "/r1/place", "/r1/switch", "/r1/deletion"])
async def test_a_form_of_anybody_else_or_without_its_fields_changes_nothing(
    wall, browser, base, rules, three, mia, otto, path
):
    for person in (mia, otto):
        refused = await (await wall.browser_of(person)).post(base + path, data={**WORDS, "before": "end"})
        assert refused.status_code == 403
    foreign = await browser.post(base + path, data=WORDS, headers={"sec-fetch-site": "cross-site"})
    garbage = await browser.post(base + path, content=b"\xff%%=&", headers={"content-type": "multipart/form-data"})

    assert foreign.status_code == 403
    assert garbage.status_code < 500
    assert len(await rules()) == (2 if path == "/r1/deletion" else 3)


async def test_a_rule_of_another_event_is_not_found_here(wall, store, browser, base, other_event: Event):
    await store.rules.change(other_event.slug, lambda rules: (Rule(id="theirs", kind="bots"),))

    answer = await browser.get(f"{base}/theirs")

    assert answer.status_code == 404
