import assert from "node:assert/strict";
import { test } from "node:test";

import { news, voters } from "../../static/js/models/poll-news.js";

const open = { id: "a", version: 2, status: "open", voters: 3, html: "" };
const ids = (polls) => polls.map(({ id }) => id);

test("a poll that is new to the page is put there", () => {
  assert.deepEqual(ids(news([], [open]).renew), ["a"]);
});

test("while nothing but the number changes, only the number is told", () => {
  const found = news([{ id: "a", version: 2, status: "open", voted: false }], [open]);

  assert.deepEqual([ids(found.tell), found.renew, found.ask], [["a"], [], []]);
});

test("who voted asks for what only voters see, and sees what all see once it is closed", () => {
  const here = [{ id: "a", version: 2, status: "open", voted: true }];

  assert.deepEqual(news(here, [open]).ask, ["a"]);
  assert.deepEqual(ids(news(here, [{ ...open, version: 3, status: "closed" }]).renew), ["a"]);
});

test("who voted in a poll that is opened again can change their answer, and sees how it goes", () => {
  const found = news([{ id: "a", version: 3, status: "closed", voted: true }], [{ ...open, version: 4 }]);

  assert.deepEqual([ids(found.renew), found.ask], [["a"], ["a"]]);
});

test("a poll that the audience is to know of no more goes from the page", () => {
  assert.deepEqual(news([{ id: "a", version: 2, status: "open", voted: false }], []).remove, ["a"]);
});

test("a page of one poll keeps to it, and keeps it", () => {
  const found = news([{ id: "a", version: 2, status: "open", voted: false }], [{ ...open, id: "b" }], "a");

  assert.deepEqual([found.renew, found.remove], [[], []]);
});

test("how many voted is said in words", () => {
  assert.deepEqual([voters(0), voters(1), voters(1204)], ["0 people voted", "1 person voted", "1,204 people voted"]);
});
