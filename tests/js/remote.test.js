import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { REMOTE_KEYS } from "../../static/js/models/keys.js";
import { answer, choices, curtained, holds, machine, scenesOf, sight, truth, verdict } from "../../static/js/models/remote.js";

const NOW = Date.parse("2026-06-12T09:30:00.000Z");
const before = (seconds) => new Date(NOW - seconds * 1000).toISOString();
const plain = (words) => words.replace(/[\u2068\u2069]/g, "");
const FREE = { id: "", scene: null, post: null, held: false, frozen: false, blank: false, since: null, by: "" };
const direction = (more, seconds = 0.5) => ({ ...FREE, id: "p", by: "Mia", since: before(seconds), ...more });
const device = (more = {}) => ({
  scene: "Wall", post: null, posts: 4, curtain: "open", version: "1", width: 1920, height: 1080, road: "websocket",
  silent: 1, behind: 0, told: true, after: 0.3, did: false, ...more,
});
const screen = (more = {}) => ({
  id: "hall", name: "Hall", scenes: [], direction: FREE, call: null, last_seen: null, devices: [device()], ...more,
});

describe("what holds", () => {
  const said = (more) => plain(holds({ direction: direction(more, 180) }, NOW)).replace(/\d\d:\d\d/, "11:27");

  test("is said with who and since when", () => {
    assert.equal(said({ held: true }), "Held – Mia, since 11:27 (3 min)");
    assert.equal(said({ held: true, scene: "How to post" }), "Held on How to post – Mia, since 11:27 (3 min)");
    assert.equal(said({ post: { name: "Ada", words: "Hi" } }), "Shows a post by Ada now – Mia, since 11:27 (3 min)");
    assert.equal(said({ frozen: true, held: true }), "Frozen, then held – Mia, since 11:27 (3 min)");
    assert.equal(said({ blank: true, scene: "Wall" }), "Blank, then shows Wall now – Mia, since 11:27 (3 min)");
  });

  test("is nothing where scenes take their turns", () => {
    assert.equal(said({}), "");
    assert.equal(holds({ direction: FREE }, NOW), "");
  });

  test("a curtain over all screens stands above it, and is said", () => {
    assert.match(plain(curtained({ kind: "blank", by: "Max", since: before(5) }, NOW)), /^All screens are blank – Max/);
    assert.equal(curtained({ kind: "open" }, NOW), "");
  });
});

describe("a screen's own answer", () => {
  test("says how quickly it did what it was told, for a while", () => {
    assert.deepEqual(answer(screen({ direction: direction() }), NOW), { level: "good", words: "Done in 0.3 s", after: 0.3 });
    assert.equal(answer(screen({ direction: direction({}, 31) }), NOW).words, "");
  });

  test("is waited for, and then missed for as long as it does not come", () => {
    const devices = [device(), device({ told: false, after: null })];

    assert.deepEqual(answer(screen({ devices, direction: direction({}, 2) }), NOW), { level: "wait", words: "Asked …" });
    assert.deepEqual(answer(screen({ devices, direction: direction({}, 8) }), NOW), { level: "bad", words: "Has not answered for 8 s" });
    assert.equal(answer(screen({ devices, direction: direction({}, 3600) }), NOW).words, "Has not answered for 1 h");
  });

  test("says when what was asked for has nothing to show, or has left the wall", () => {
    assert.match(answer(screen({ direction: direction({ scene: "Join" }) }), NOW).words, /but Join has nothing to show$/);
    assert.match(answer(screen({ direction: direction({ post: { name: "", words: "" } }) }), NOW).words, /left the wall$/);
  });

  test("to a call is that it did it; one that loads anew with others has its time", () => {
    const called = (kind, did, seconds, within = 0) =>
      answer(screen({ call: { id: "c", kind, at: before(seconds), within }, devices: [device({ did })] }), NOW).words;

    assert.equal(called("identify", true, 1), "Says its name");
    assert.equal(called("reload", false, 25, 20), "Asked …");
    assert.equal(called("reload", true, 25, 20), "Loaded anew");
    assert.equal(called("identify", false, 5), "Has not answered for 5 s");
    assert.equal(called("identify", false, 600), "");
  });

  test("is none from one that is not open", () => {
    assert.equal(answer(screen({ devices: [] }), NOW).words, "Never opened");
    assert.equal(answer(screen({ devices: [], last_seen: before(7200) }), NOW).words, "Not open; last seen 2 h ago");
  });
});

describe("the verdict on a press", () => {
  const told = { direction: direction() };

  test("is one sentence where all did it, with the slowest", () => {
    const slow = screen({ ...told, name: "Foyer", devices: [device({ after: 1.2 })] });

    assert.equal(plain(verdict({ id: "p" }, [screen(told)], NOW).words), "Hall: done in 0.3 s.");
    assert.deepEqual(verdict({ id: "p" }, [screen(told), slow], NOW), { level: "good", words: "Done on 2 of 2 screens in 1.2 s." });
  });

  test("names who has not answered, and who is not open", () => {
    const late = direction({}, 9);
    const silent = screen({ name: "Foyer", direction: late, devices: [device({ told: false })] });
    const away = screen({ name: "Bar", direction: late, devices: [] });

    const { level, words } = verdict({ id: "p" }, [screen({ direction: late }), silent, away], NOW);

    assert.equal(level, "bad");
    assert.equal(plain(words), "Foyer has not answered for 9 s. Hall: done in 0.3 s. Bar is not open.");
  });

  test("says who pressed something else meanwhile", () => {
    assert.match(plain(verdict({ id: "mine" }, [screen(told)], NOW).words), /^Mia pressed something else/);
  });
});

describe("a device", () => {
  test("is said to be true, behind, of another history, or not heard of", () => {
    assert.equal(truth(device()).words, "Picture is true");
    assert.deepEqual(truth(device({ behind: 40 })), { level: "bad", words: "Its picture is 40 s behind" });
    assert.equal(truth(device({ behind: null })).words, "Its picture is of another history");
    assert.equal(truth(device({ silent: 120 })).words, "Not heard of for 2 min");
  });

  test("has size, road and version in short, an old version named as such", () => {
    assert.deepEqual(machine(device({ silent: 4 }), "1"), ["1920 × 1080", "live", "1", "heard 4 s ago"]);
    assert.ok(machine(device(), "2").includes("1, not yet 2"));
    assert.ok(machine(device({ road: "" }), "1").includes("no connection"));
  });

  test("is seen in small: its scene, and a post's words", () => {
    assert.deepEqual(sight(device(), screen()), { title: "Wall", words: "4 posts" });
    assert.deepEqual(sight(device({ scene: "One post", post: { name: "Ada", words: "Hi" } }), screen()), { title: "One post", words: "Ada: Hi" });
    assert.equal(sight(device({ curtain: "blank" }), screen()).title, "Blank");
    assert.equal(sight(device(), screen({ direction: direction({ blank: true }) })).title, "Blank");
  });
});

test("scenes of several screens are listed once, with the screens that lack them", () => {
  const hall = { name: "Hall", scenes: [{ id: "a", words: "Wall" }, { id: "b", words: "Join" }] };
  const foyer = { name: "Foyer", scenes: [{ id: "a", words: "Wall" }] };

  assert.deepEqual(scenesOf([hall, foyer]), [
    { id: "a", words: "Wall", missing: [] },
    { id: "b", words: "Join", missing: ["Foyer"] },
  ]);
});

describe("what one can speak to", () => {
  const at = (name, room) => screen({ id: name.toLowerCase(), name, room });
  const said = (screens) => choices(screens).map(({ id, words, screens }) => [id, plain(words), screens.length]);

  test("is all, those of a room that several share, and each", () => {
    assert.deepEqual(said([at("Left", "Depot"), at("Foyer", ""), at("Right", " depot "), at("Bar", "")]), [
      ["", "All 4 screens", 4],
      ["room depot", "Depot: all 2 screens", 2],
      ["left", "Left", 1],
      ["foyer", "Foyer", 1],
      ["right", "Right", 1],
      ["bar", "Bar", 1],
    ]);
  });

  test("is no room that has every screen, for those are all", () => {
    assert.deepEqual(said([at("Left", "Depot"), at("Right", "Depot")]).map(([id]) => id), ["", "left", "right"]);
  });

  test("is one by its name where there is one, or none", () => {
    assert.deepEqual(said([at("Left", "Depot")])[0], ["", "Left", 1]);
    assert.deepEqual(said([]), [["", "No screen", 0]]);
  });
});

test("the help of the remote lists every key that does something there, and no other", () => {
  const names = { "→": "ArrowRight", "←": "ArrowLeft", "↓": "ArrowDown", "↑": "ArrowUp" };
  const html = readFileSync(new URL("../../templates/moderate/remote.html", import.meta.url), "utf8");
  const rows = [...html.matchAll(/data-help="([a-z-]+)">(.*?)<\/dt>/g)];
  const listed = rows.flatMap(([, act, row]) => [...row.matchAll(/<kbd>(.)<\/kbd>/g)].map(([, key]) => `${names[key] ?? key.toLowerCase()} ${act}`));

  assert.deepEqual(listed.sort(), Object.entries(REMOTE_KEYS).map(([key, { act }]) => `${key} ${act}`).sort());
});
