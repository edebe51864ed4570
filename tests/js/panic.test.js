import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { alarms, restrictedAuthors, pause, proof, question, seconds } from "../../static/js/models/panic.js";

const NOW = Date.parse("2026-06-12T09:33:00Z");
const SINCE = "2026-06-12T09:30:00.000Z";
const OPEN = { kind: "open", version: 4, since: SINCE, by: "Max" };
const plain = (words) => words.replace(/[\u2068\u2069]/g, "");
const screen = (name, more) => ({ name, painted: true, after: 0.12, silent: 1, ...more });

describe("the proof", () => {
  const three = [screen("Foyer"), screen("Main hall", { after: 0.2 }), screen("Room 2")];
  const cut = [...three.slice(0, 2), screen("Room 2", { painted: false, after: null, silent: 12.4 })];
  const cases = [
    ["all have confirmed", { removed: 1 }, three, "good", "Removed from 3 of 3 screens in 0.2 s."],
    ["one has not", { removed: 1 }, cut, "bad", "Removed from 2 of 3 screens. Room 2 has not answered for 12 s."],
    ["many posts", { removed: 5 }, three, "good", "5 posts removed from 3 of 3 screens in 0.2 s."],
    ["one screen", { removed: 1 }, three.slice(0, 1), "good", "Removed from 1 of 1 screen in 0.1 s."],
    ["no screen", { removed: 1 }, [], "note", "Removed. No screen was open lately."],
    ["blank", { curtain: "blank" }, three, "good", "Blank: 3 of 3 screens in 0.2 s."],
    ["open again", { curtain: "open" }, three, "good", "The wall is back on 3 of 3 screens in 0.2 s."],
    ["blank, no screen", { curtain: "blank" }, [], "note", "Blank. No screen was open lately."],
    ["open, no screen", { curtain: "open" }, [], "note", "The wall is back. No screen was open lately."],
  ];
  for (const [name, what, screens, level, words] of cases) {
    test(name, () => {
      const told = proof(what, screens);

      assert.deepEqual([told.level, plain(told.words)], [level, words]);
    });
  }

  test("a screen's name is isolated, so that it turns no sentence around", () => {
    const { words } = proof({ removed: 1 }, [screen("אולם", { painted: false })]);

    assert.match(words, /\u2068אולם\u2069 has not answered/);
  });
});

test("seconds are never said to be none", () => {
  assert.deepEqual([0, 0.04, 0.26, 9.94, 12.4].map(seconds), ["0.1 s", "0.1 s", "0.3 s", "9.9 s", "12 s"]);
});

test("screens are asked often at first, then rarely, then no more", () => {
  assert.deepEqual([0, 4_000, 20_000, 600_000, 3_700_000].map(pause), [150, 500, 2_000, 10_000, null]);
});

describe("what holds", () => {
  test("nothing, when the screens are open", () => {
    assert.deepEqual(alarms({ curtain: OPEN, restricted: [], mode: "everything waits" }, NOW), []);
  });

  test("a curtain, by whom, since when, and the way back from what is seen", () => {
    const curtain = { kind: "blank", version: 5, since: SINCE, by: "Mia" };

    const [alarm] = alarms({ curtain, restricted: [], mode: "everything waits" }, NOW);

    assert.equal(alarm.words, "Screens are blank.");
    assert.match(plain(alarm.by), /^Mia, since \d\d:\d\d \(3 min\)$/);
    assert.deepEqual(alarm.act, { act: "draw", curtain: "open", seen: 5 });
  });

  test("everyone, with the mode to go back to", () => {
    const restricted = [{ author: "", name: "", by: "Mia", since: SINCE, mode: "trusted go through" }];

    const [alarm] = alarms({ curtain: OPEN, restricted, mode: "everything waits" }, NOW);

    assert.deepEqual([alarm.words, alarm.back, alarm.act], ["Everything waits.", "Back to “trusted go through”", { act: "resume" }]);
  });

  test("an author who is restricted is no alarm", () => {
    const restricted = [{ author: "ap:zed", name: "Zed", by: "Mia", since: SINCE, mode: null }];

    assert.deepEqual(alarms({ curtain: OPEN, restricted, mode: "everything waits" }, NOW), []);
    assert.deepEqual(restrictedAuthors({ restricted }), restricted);
  });
});

describe("the question", () => {
  const cases = [
    ["blank", { screens: 3 }, "Blank all 3 screens?"],
    ["frozen", { screens: 2 }, "Freeze both screens?"],
    ["pinned", { screens: 1 }, "Only pinned posts on the screen?"],
    ["blank", {}, "Blank every screen?"],
    ["wait", {}, "Let everything wait?"],
    ["author", { author: { name: "Zed" } }, "Remove everything of Zed?"],
  ];
  for (const [choice, known, title] of cases) {
    test(title, () => assert.equal(plain(question(choice, known).title), title));
  }

  test("freezing blank screens says that the wall comes back first", () => {
    assert.match(question("frozen", { curtain: "blank" }).words, /The wall comes back first/);
  });
});
