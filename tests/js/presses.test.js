import assert from "node:assert/strict";
import { test } from "node:test";

import { Presses } from "../../static/js/models/presses.js";

/** A server that answers when it is told to. */
function server() {
  const asked = [];
  const presses = new Presses((press) => new Promise((resolve) => asked.push({ press, resolve })));
  const answered = [];
  presses.addEventListener("answered", ({ detail }) => answered.push(detail));
  const answer = async (status = 200) => {
    asked.at(-1).resolve({ status, body: {} });
    await new Promise(setImmediate);
  };
  return { presses, asked, answered, answer, acts: () => asked.map(({ press }) => [press.act, press.turns]) };
}

test("presses are sent one after the other, in the order in which they were pressed", async () => {
  const { presses, answer, acts } = server();
  presses.press({ act: "hold", screens: [] });
  presses.press({ act: "blank", screens: [] });
  assert.deepEqual(acts(), [["hold", undefined]]);

  await answer();

  assert.deepEqual(acts(), [["hold", undefined], ["blank", undefined]]);
});

test("ten times next while one is on its way is one further request, and ten further", async () => {
  const { presses, answer, acts } = server();
  for (let count = 0; count < 10; count += 1) presses.press({ act: "turn", turns: 1, screens: ["hall"] });

  await answer();

  assert.deepEqual(acts(), [["turn", 1], ["turn", 9]]);
});

test("turns of different screens are different presses", async () => {
  const { presses, answer, acts } = server();
  presses.press({ act: "hold", screens: [] });
  presses.press({ act: "turn", turns: 1, screens: ["hall"] });
  presses.press({ act: "turn", turns: 1, screens: [] });
  await answer();
  await answer();

  assert.deepEqual(acts(), [["hold", undefined], ["turn", 1], ["turn", 1]]);
});

test("next and back again is nothing", async () => {
  const { presses, answer, acts } = server();
  presses.press({ act: "hold", screens: [] });
  presses.press({ act: "turn", turns: 1, screens: [] });
  presses.press({ act: "turn", turns: -1, screens: [] });

  await answer();

  assert.deepEqual(acts(), [["hold", undefined]]);
});

test("what was pressed after one that was not done is not sent, and the next press is", async () => {
  const { presses, answered, answer, acts } = server();
  presses.press({ act: "hold", screens: [] });
  presses.press({ act: "turn", turns: 1, screens: [] });

  await answer(0);
  presses.press({ act: "blank", screens: [] });

  assert.deepEqual(answered.map(({ status }) => status), [0]);
  assert.deepEqual(acts(), [["hold", undefined], ["blank", undefined]]);
});

test("each press has an id of its own", () => {
  const { presses, asked } = server();
  presses.press({ act: "hold", screens: [] });

  assert.match(asked[0].press.id, /^[a-z0-9]{8,40}$/);
});
