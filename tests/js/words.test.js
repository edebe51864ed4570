import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  allHeld,
  connection,
  done,
  duration,
  firstOfTwo,
  holderWords,
  moment,
  nothingWaits,
  overtaken,
  paceWords,
  quoted,
  refused,
  title,
  trustWords,
  whyNot,
} from "../../static/js/models/words.js";

const NOW = Date.parse("2026-06-12T09:30:00Z");
const three = { id: "a", status: "waiting", words: "Hello hall" };

test("durations are short", () => {
  const spans = [-5, 999, 3_000, 59_999, 60_000, 3_599_999, 3_600_000, 47 * 3_600_000, 72 * 3_600_000];

  assert.deepEqual(spans.map(duration), ["0 s", "0 s", "3 s", "59 s", "1 min", "59 min", "1 h", "47 h", "3 days"]);
});

test("a moment is read from seconds and from ISO 8601", () => {
  assert.equal(moment(NOW / 1000), NOW);
  assert.equal(moment("2026-06-12T09:30:00Z"), NOW);
});

test("quotes are short, isolated, and cut between letters", () => {
  assert.equal(quoted("  Hello\n hall "), "“\u2068Hello hall\u2069”");
  assert.equal(quoted("🦀".repeat(50)), `“\u2068${"🦀".repeat(39)}…\u2069”`);
  assert.equal(quoted(" "), "a post without words");
});

test("pinning says whether it approved as well", () => {
  assert.match(done("pin", three), /^Approved and pinned “/);
  assert.match(done("pin", { ...three, status: "approved" }), /^Pinned “/);
});

test("who took a post away is told in place", () => {
  const at = new Date(NOW - 3_000).toISOString();

  assert.equal(overtaken({ kind: "decided", status: "rejected", by: "Max", at }, NOW), "Max rejected this 3 s ago.");
  assert.equal(overtaken({ kind: "decided", status: "approved", by: null, at }, NOW), "Another moderator approved this 3 s ago.");
  assert.equal(overtaken({ kind: "withdrawn", status: "withdrawn", by: null, at }, NOW), "Its author deleted this post.");
});

describe("why a decision was refused", () => {
  const faster = { code: "already_decided", message: "Max was faster: this post is rejected already.", by: "Max", at: NOW / 1000 - 3, status: "rejected" };

  test("somebody was faster", () => {
    assert.equal(refused(faster, 409, three, NOW), "Max was faster: rejected 3 s ago. “\u2068Hello hall\u2069”");
  });

  test("its author changed it", () => {
    const error = { ...faster, status: "waiting", message: "This post changed since you saw it." };

    assert.equal(refused(error, 409, three, NOW), "This post changed since you saw it. “\u2068Hello hall\u2069”");
  });

  test("anything else", () => {
    assert.equal(refused({ code: "not_signed_in", message: "Sign in first." }, 401, three, NOW), "Sign in first. “\u2068Hello hall\u2069” stands as it was.");
    assert.equal(refused(null, 500, three, NOW), "The server refused this (500). “\u2068Hello hall\u2069” stands as it was.");
  });
});

describe("the connection in words", () => {
  const calm = { online: true, refused: false, unsent: 0, stuck: false };
  const cases = [
    [calm, "good", "Live"],
    [{ ...calm, unsent: 2 }, "good", "Live"],
    [{ ...calm, unsent: 17 }, "good", "Live, sending 17 decisions"],
    [{ ...calm, online: null }, "wait", "Connecting…"],
    [{ ...calm, online: false }, "wait", "Reconnecting…"],
    [{ ...calm, online: false, unsent: 1, stuck: true }, "wait", "1 decision waiting to be sent"],
    [{ ...calm, unsent: 3, stuck: true }, "wait", "3 decisions waiting to be sent"],
    [{ ...calm, refused: true }, "bad", "Signed out — reload this page"],
  ];
  for (const [state, level, words] of cases) test(words, () => assert.deepEqual(connection(state), { level, words }));
});

test("the title counts what waits", () => {
  assert.equal(title(12, "Desk"), "(12) Desk");
  assert.equal(title(0, "Desk"), "Desk");
});

test("an empty queue says what was done", () => {
  assert.equal(nothingWaits({ approved: 14 }), "14 approved so far.");
  assert.equal(nothingWaits({}), "Posts appear here as they arrive.");
});

test("the pace is the team's, and one's own beside it where others are", () => {
  assert.equal(paceWords({ team: 0, mine: 0 }, false), "");
  assert.equal(paceWords({ team: 14, mine: 5 }, false), "14 a minute, you 5");
  assert.equal(paceWords({ team: 14, mine: 14 }, false), "14 a minute");
  assert.equal(paceWords({ team: 14, mine: 5 }, true), "14 a minute");
});

test("who has a post fits into its line", () => {
  assert.equal(holderWords("Ada"), "Ada");
  assert.equal(holderWords("Ada Lindqvist"), "Ada");
  assert.equal(holderWords("Wolfeschlegelstein"), "Wolfeschleg…");
});

test("when others have all that waits, it is said who", () => {
  assert.equal(allHeld([{ name: "Ada", count: 3 }, { name: "Ben", count: 1 }]), "\u2068Ada\u2069 has 3, \u2068Ben\u2069 has 1. The arrow keys open theirs.");
  assert.equal(allHeld([]), "The next posts are on their way to you.");
  assert.equal(allHeld([], 1), "1 post that you approved needs somebody else's approval, too.");
  assert.equal(allHeld([{ name: "Ada", count: 3 }], 2), "\u2068Ada\u2069 has 3. 2 posts that you approved need somebody else's approval, too.");
});

test("it is said why a decision cannot be taken back", () => {
  const one = (status, more = {}) => whyNot({ kind: "approve", was: "waiting", status: "approved", by: "Max", post: { status }, ...more });

  assert.equal(one("withdrawn"), "Its author deleted it.");
  assert.equal(one("waiting"), "Taken back.");
  assert.equal(one("removed"), "Changed since by \u2068Max\u2069: removed.");
  assert.equal(one("removed", { by: null }), "Changed since: removed.");
  assert.equal(one("waiting", { was: "stashed" }), "Its author changed it since.");
});

test("what trust means depends on the mode", () => {
  assert.match(trustWords("Ada", true, "trusted go through"), /on the wall at once/);
  assert.match(trustWords("Ada", true, "everything waits"), /still wait/);
  assert.match(trustWords("Ada", false, "everything waits"), /no longer trusted/);
});
