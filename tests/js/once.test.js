import assert from "node:assert/strict";
import { test } from "node:test";

import { Once } from "../../static/js/models/once.js";

const [one, other, third] = ["a", "b", "c"].map((id) => ({ id }));

test("of two posts with one picture, the first shows it", () => {
  const once = new Once();

  const shows = [once.take(one, "tram"), once.take(other, "tram"), once.take(third, "tree")];

  assert.deepEqual(shows, [true, false, true]);
});

test("asking again changes nothing", () => {
  const once = new Once();

  const shows = [one, other, one, other].map((post) => once.take(post, "tram"));

  assert.deepEqual(shows, [true, false, true, false]);
});

test("when the post that shows a picture is gone, the next one with it does, as it stands by then", () => {
  const once = new Once();
  const edited = { id: "b", html: "edited" };
  [one, other, edited, third].forEach((post) => once.take(post, "tram"));

  assert.equal(once.leave("a"), edited);
  assert.equal(once.leave("c"), null);
  assert.equal(once.leave("b"), null);
  assert.equal(once.leave("b"), null);
});

test("a post that is given another picture leaves its own to the others", () => {
  const once = new Once();
  once.take(one, "tram");
  once.take(other, "tram");

  assert.equal(once.take(one, "tree"), true);
  assert.equal(once.take(other, "tram"), true);
});
