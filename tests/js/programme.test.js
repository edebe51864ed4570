import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { alikeSizes, board, label, roomAt, wait } from "../../static/js/models/programme.js";

const MINUTE = 60_000;
const at = (time, day = 12) => Date.parse(`2026-06-${day}T${time}:00Z`);

function slot(from, to, { day = 12, ends = at(to ?? from, day) } = {}) {
  return { starts: at(from, day), ends, midnight: at("00:00", day), from, to, weekday: day === 12 ? "Friday" : "Saturday" };
}

const KEYNOTE = slot("08:00", "09:00");
const MAPS = slot("09:30", "10:00");
const TOMORROW = slot("08:00", "09:00", { day: 13 });
const SLOTS = [KEYNOTE, MAPS, TOMORROW];

describe("in a room", () => {
  for (const [time, state, now, next] of [
    ["07:59", "before", null, 0],
    ["08:00", "running", 0, 1],
    ["08:59", "running", 0, 1],
    ["09:00", "between", null, 1],
    ["09:30", "running", 1, 2],
    ["10:00", "between", null, 2],
  ]) {
    test(`at ${time} it is ${state}`, () => {
      assert.deepEqual(roomAt(SLOTS, at(time)), { state, now, next, beside: 0 });
    });
  }

  test("it is over after the last session", () => {
    assert.deepEqual(roomAt(SLOTS, at("09:00", 13)), { state: "over", now: null, next: null, beside: 0 });
  });

  test("of two that run at once the newer is shown, and the other is counted", () => {
    const both = [slot("08:00", "10:00"), slot("09:00", "10:00")];

    assert.deepEqual(roomAt(both, at("09:30")), { state: "running", now: 1, next: null, beside: 1 });
  });
});

describe("the words before a session", () => {
  test("say that it runs, and until when if that is known", () => {
    assert.equal(label(KEYNOTE, at("08:30")), "Now · until 09:00");
    assert.equal(label({ ...KEYNOTE, to: "" }, at("08:30")), "Now · since 08:00");
  });

  test("say when it comes, and within the hour how soon", () => {
    assert.equal(label(MAPS, at("08:29")), "09:30");
    assert.equal(label(MAPS, at("08:30")), "09:30 · in 60 min");
    assert.equal(label(MAPS, at("09:29") + 1), "09:30 · in 1 min");
    assert.equal(label(MAPS, at("09:29"), { brief: true }), "09:30");
  });

  test("name the day of what comes on another", () => {
    assert.equal(label(TOMORROW, at("10:00")), "Saturday 08:00");
    assert.equal(label(TOMORROW, at("00:00", 13)), "08:00");
  });
});

describe("the board", () => {
  const room = (slots, more = {}) => ({ slots, own: false, house: false, ...more });
  const seen = ({ rooms }) => rooms.map((one) => one.seen);

  test("leaves out rooms in which nothing more comes", () => {
    assert.deepEqual(seen(board([room([KEYNOTE]), room([MAPS])], at("09:00"), { most: 8 })), [false, true]);
  });

  test("is over when nothing more comes anywhere", () => {
    assert.equal(board([room([KEYNOTE]), room([MAPS])], at("09:59"), { most: 8 }).over, false);
    assert.equal(board([room([KEYNOTE]), room([MAPS])], at("10:00"), { most: 8 }).over, true);
  });

  test("without places for all shows its own room, what runs, and what comes soonest, each in its place", () => {
    const later = room([slot("12:00", "13:00")]);
    const rooms = [later, room([slot("11:00", "12:00")]), room([KEYNOTE]), room([slot("14:00", "15:00")], { own: true })];

    const found = board(rooms, at("08:30"), { most: 3 });

    assert.deepEqual(seen(found), [false, true, true, true]);
    assert.equal(found.more, 1);
  });

  test("tells of the whole house while something is on there, and an hour before", () => {
    const house = room([slot("10:00", "11:00")], { house: true });

    assert.deepEqual(["08:59", "09:00", "10:30", "11:00"].map((time) => seen(board([house], at(time), { most: 8 }))[0]), [
      false,
      true,
      true,
      false,
    ]);
  });

  test("is not over while the house has something ahead that is not seen yet", () => {
    assert.equal(board([room([slot("20:00", "22:00")], { house: true })], at("10:00"), { most: 8 }).over, false);
  });
});

describe("the next look", () => {
  const rooms = [{ slots: SLOTS }];

  test("comes as soon as anything is said otherwise, and not a moment before", () => {
    assert.equal(wait(rooms, at("08:00") - 400), 420);
    assert.equal(wait(rooms, at("09:00") - 400), 420);
    assert.equal(wait(rooms, at("00:00", 13) - 400), 420);
  });

  test("comes every minute for the minutes that are left", () => {
    assert.equal(wait(rooms, at("09:10")), MINUTE + 20);
    assert.equal(wait(rooms, at("09:10") + 1), MINUTE + 19);
  });

  test("comes every minute when nothing is left, for a clock may be set", () => {
    assert.equal(wait([{ slots: [] }], at("09:10")), MINUTE + 20);
  });
});

test("titles side by side are as large as each other, but for one that is much longer", () => {
  assert.deepEqual(alikeSizes([1, 0.9, 0.8]), [0.8, 0.8, 0.8]);
  assert.deepEqual(alikeSizes([1, 0.5, 0.8]), [0.71, 0.5, 0.71]);
  assert.deepEqual(alikeSizes([]), []);
});
