import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, counts, whose } from "../../static/js/models/stage-clock.js";

const END = 10 * 3_600_000;
const CASES = [
  ["hours", 5_400_000, "calm", "1:30:00"],
  ["minutes", 1_200_000, "calm", "20:00"],
  ["a second counts until it is over", 599_001, "calm", "10:00"],
  ["the last five minutes", 300_000, "soon", "5:00"],
  ["the last second", 1, "soon", "0:01"],
  ["the end", 0, "over", "+0:00"],
  ["after the end", -61_500, "over", "+1:01"],
];

for (const [name, left, phase, figures] of CASES) {
  test(`${name}: ${figures}`, () => {
    const shown = clock(END, END - left);

    assert.deepEqual([shown.phase, shown.figures], [phase, figures]);
  });
}

test("each phase has words of its own, so that no colour has to say it", () => {
  const words = [600_000, 60_000, 0].map((left) => clock(END, END - left).words);

  assert.equal(new Set(words).size, 3);
});

test("where nobody has said when it ends, no time is shown", () => {
  assert.deepEqual(clock(null, END), { phase: "none", figures: "", words: "" });
});

test("it is said whose time it is, if that is known", () => {
  assert.deepEqual(whose({ title: "Maps", speakers: ["Ana", "Bo"] }), { title: "Maps", speakers: "Ana, Bo" });
  assert.deepEqual(whose(null), { title: "", speakers: "" });
  assert.deepEqual(whose(undefined), { title: "", speakers: "" });
});

test("the desk is told what counts: its own word, or the programme's, by room where there are several", () => {
  const plain = (rooms) => counts(rooms).map((words) => words.replace(/[\u2068\u2069]/g, ""));
  const maps = { room: "Hall", title: "Maps", own: false, until: "14:30" };
  const own = { room: "Annexe", title: "", own: true, until: "14:35" };

  assert.deepEqual(plain([maps]), ["From the programme: ‘Maps’ until 14:30"]);
  assert.deepEqual(plain([own]), ["Until 14:35, as the desk says"]);
  assert.deepEqual(plain([{ ...maps, own: true }]), ["‘Maps’ until 14:30, as the desk says"]);
  assert.deepEqual(plain([{ room: "", title: "", own: false, until: "" }]), ["No end is known"]);
  assert.deepEqual(plain([maps, own]), ["Hall: from the programme: ‘Maps’ until 14:30", "Annexe: until 14:35, as the desk says"]);
});
