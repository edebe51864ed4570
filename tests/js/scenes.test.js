import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Scenes, WALL, without } from "../../static/js/models/scenes.js";

const S = 1000;
const scene = (id, more = {}) => ({ id, kind: id, element: null, html: `<p>${id}</p>`, data: null, seconds: 10, transition: "fade", priority: 0, rail: true, ...more });
const wall = { ...WALL, id: "wall", seconds: 60 };
const FREE = { show: null, held: false, frozen: false, blank: false, turn: 0, since: null };

/** A screen with a plan: `at(seconds)` tells which scene it shows then; `news` may be set. */
function screen(scenes, direction = FREE) {
  const model = new Scenes();
  const news = new Map(scenes.map(({ id }) => [id, ""]));
  model.take({ scenes, direction });
  const step = (seconds) => model.step(seconds * S, ({ id }) => (news.has(id) ? news.get(id) : null));
  return {
    model,
    news,
    step,
    at: (seconds) => step(seconds).scene.id,
    told: (more) => model.take({ scenes, direction: { ...FREE, ...more } }),
  };
}

const iso = (seconds) => new Date(seconds * S).toISOString();

describe("turns", () => {
  test("scenes are shown in their order, each for its time, over and over", () => {
    const { at } = screen([scene("a"), scene("b", { seconds: 5 }), scene("c")]);

    assert.deepEqual([0, 9, 10, 14, 15, 24, 25].map(at), ["a", "a", "b", "b", "c", "c", "a"]);
  });

  test("a screen is told until when a scene stays", () => {
    const { step } = screen([scene("a"), scene("b")]);

    assert.equal(step(0).until, 10 * S);
    assert.equal(step(4).until, 10 * S);
  });

  test("a scene with nothing to show is passed over", () => {
    const { at, news } = screen([scene("a"), scene("b"), scene("c")]);
    news.set("b", null);

    assert.deepEqual([0, 10, 20].map(at), ["a", "c", "a"]);
  });

  test("a scene that has nothing to show any more gives way at once, and the one after it comes", () => {
    const { at, news } = screen([scene("a"), scene("b"), scene("c")]);
    at(0);
    at(10);

    news.set("b", null);

    assert.equal(at(12), "c");
  });

  test("a list of one scene shows it for ever", () => {
    const { at } = screen([scene("a")]);

    assert.deepEqual([0, 10, 95].map(at), ["a", "a", "a"]);
  });

  test("where nothing has anything to show, the wall of the list hangs and waits", () => {
    const { at, news } = screen([scene("a"), wall]);
    news.set("a", null);
    news.set("wall", null);

    assert.equal(at(0), "wall");
  });

  test("a plan without a wall has one to fall back to", () => {
    const { step, news } = screen([scene("a")]);
    news.set("a", null);

    assert.deepEqual(step(0), { scene: WALL, until: Infinity });
  });

  test("a scene that is edited while it is shown keeps its time, and one taken out gives way", () => {
    const { model, at } = screen([scene("a"), scene("b")]);
    at(0);
    model.take({ scenes: [scene("a", { html: "<p>other</p>" }), scene("b")], direction: FREE });
    assert.equal(at(9), "a");
    assert.equal(at(10), "b");

    model.take({ scenes: [scene("a")], direction: FREE });

    assert.equal(at(11), "a");
  });

  test("a clock that is put back does not hold a scene for hours", () => {
    const { at } = screen([scene("a"), scene("b")]);
    at(36_000);

    assert.equal(at(0), "a");
    assert.equal(at(10), "b");
  });
});

describe("priority", () => {
  const list = [scene("a"), scene("b"), scene("now", { priority: 1, seconds: 5 })];

  test("a scene that begins to have something comes at once, and what it interrupted has the rest of its time", () => {
    const { at, news } = screen(list);
    news.set("now", null);
    at(0);

    news.set("now", "");

    assert.deepEqual([3, 7.9, 8, 14.9, 15].map(at), ["now", "now", "a", "a", "b"]);
  });

  test("it comes at once again only with something new, and otherwise in its turn", () => {
    const { at, news } = screen(list);
    assert.deepEqual([0, 5, 15, 25, 30].map(at), ["now", "a", "b", "now", "a"]);

    news.set("now", "other words");

    assert.equal(at(31), "now");
  });

  test("one whose news changes while it is shown has its time anew", () => {
    const { at, step, news } = screen(list);
    at(0);

    news.set("now", "other words");

    assert.equal(step(4).until, 9 * S);
  });

  test("a scene of the highest priority stays alone until it has nothing to show", () => {
    const { at, news } = screen([scene("a"), scene("b"), scene("alone", { priority: 2 })]);
    news.set("alone", null);
    at(0);

    news.set("alone", "");
    assert.deepEqual([1, 50, 500].map(at), ["alone", "alone", "alone"]);
    news.set("alone", null);

    assert.equal(at(501), "a");
  });
});

describe("a remote control", () => {
  const list = [scene("a"), scene("b"), scene("c")];

  test("shows a scene now, for as long as a scene lasts, and then the turns go on", () => {
    const { at, told } = screen(list);
    at(0);

    told({ show: { scene: "c" }, since: iso(2) });

    assert.deepEqual([2, 11, 12].map(at), ["c", "c", "b"]);
  });

  test("shows it for ever while it is held", () => {
    const { step, told } = screen(list);

    told({ show: { scene: "c" }, held: true, since: iso(2) });

    assert.equal(step(500).scene.id, "c");
    assert.equal(step(500).until, Infinity);
  });

  test("shows a post, which is no scene of the list", () => {
    const { step, told } = screen(list);
    const post = { id: "p1", html: "<article></article>" };

    told({ show: { post }, since: iso(2) });

    assert.deepEqual(step(3).scene.posts, [post]);
    assert.equal(step(30).scene.id, "a");
  });

  test("cannot show a scene that has nothing to show, or that is gone", () => {
    const { at, news, told } = screen(list);
    news.set("c", null);

    told({ show: { scene: "c" }, held: true, since: iso(0) });
    assert.equal(at(0), "a");
    told({ show: { scene: "x" }, held: true, since: iso(0) });

    assert.equal(at(1), "a");
  });

  test("holds what is there, and lets it go again", () => {
    const { at, told } = screen(list);
    at(0);

    told({ held: true });
    assert.deepEqual([10, 100].map(at), ["a", "a"]);
    told({});

    assert.equal(at(101), "b");
  });

  test("goes on and back by turns, each said once", () => {
    const { at, told } = screen(list, { ...FREE, turn: 7 });
    assert.equal(at(0), "a");

    told({ turn: 8 });
    assert.deepEqual([1, 2].map(at), ["b", "b"]);
    told({ turn: 10 });
    assert.equal(at(3), "a");
    told({ turn: 9 });

    assert.equal(at(4), "c");
  });

  test("goes on from a scene that is held, which is held then", () => {
    const { at, told } = screen(list, { ...FREE, held: true });
    at(0);

    told({ held: true, turn: 1 });

    assert.deepEqual([1, 100].map(at), ["b", "b"]);
  });
});

describe("what left the wall", () => {
  const post = { id: "p1", html: "<article id=post-p1></article>" };
  const plan = {
    version: "v",
    scenes: [scene("a"), scene("b", { html: "<p>post-p1</p>" })],
    direction: { ...FREE, show: { post } },
  };

  test("is in no plan any more", () => {
    const left = without(plan, ["p1"]);

    assert.equal(left.direction.show, null);
    assert.deepEqual(left.scenes.map(({ html }) => html), ["<p>a</p>", null]);
  });

  test("leaves the rest of the plan as it is", () => {
    assert.deepEqual(without(plan, ["other"]), plan);
    assert.equal(without(plan, []), plan);
  });
});

describe("while a session of the programme wants quiet", () => {
  const questions = scene("asked", { kind: "questions", element: "question-list", html: null });
  const span = (keep, from, to) => ({ starts: iso(from), ends: iso(to), keep });
  const quiet = (scenes, ...spans) => {
    const told = screen(scenes);
    told.model.take({ scenes, quiet: spans });
    return told;
  };

  test("scenes of posts are passed over, and come back after it", () => {
    const { at } = quiet([wall, scene("a"), scene("b")], span("nothing", 5, 100));

    assert.deepEqual([0, 4, 5, 15, 25, 99, 100, 109].map(at), ["wall", "wall", "a", "b", "a", "b", "b", "wall"]);
  });

  test("questions stay where they are kept", () => {
    const { at } = quiet([wall, questions], span("questions", 0, 100));

    assert.deepEqual([0, 30, 99].map(at), ["asked", "asked", "asked"]);
  });

  test("the quietest of several holds", () => {
    const { at } = quiet([wall, questions, scene("a")], span("questions", 0, 100), span("nothing", 10, 20));

    assert.deepEqual([0, 10, 19].map(at), ["asked", "a", "a"]);
  });

  test("with nothing else to show a screen is silent until it is over", () => {
    const { model, step } = quiet([wall], span("nothing", 10, 20));

    const told = [0, 10, 19, 20].map((seconds) => [step(seconds).until / S, model.silent]);

    assert.deepEqual(told, [[10, false], [20, true], [20, true], [80, false]]);
  });

  test("what somebody asks for is shown all the same", () => {
    const told = screen([wall, scene("a")]);
    told.model.take({
      scenes: [wall, scene("a")],
      direction: { ...FREE, show: { scene: "wall" }, since: iso(0) },
      quiet: [span("nothing", 0, 100)],
    });

    assert.equal(told.at(1), "wall");
    assert.equal(told.model.silent, false);
  });

  test("a plan kept by an older page has no quiet in it", () => {
    const told = screen([wall]);
    told.model.take({ scenes: [wall] });

    assert.equal(told.at(0), "wall");
  });
});

describe("a page that is loaded anew", () => {
  const list = [scene("a"), scene("b"), scene("c")];

  /** What a page loaded now shows, after one that was at `place`. */
  function loaded(place, direction = {}) {
    const model = new Scenes();
    model.resume(place);
    model.take({ scenes: list, direction: { ...FREE, ...direction } });
    return (seconds) => model.step(seconds * S, () => "").scene.id;
  }

  test("goes on with the scene that the earlier one was at, for its whole time", () => {
    const { model, at } = screen(list);
    assert.deepEqual([0, 10].map(at), ["a", "b"]);

    assert.deepEqual([0, 9, 10].map(loaded(model.place)), ["b", "b", "c"]);
  });

  test("holds what was held", () => {
    const { model, at } = screen(list);
    [0, 10].forEach(at);

    assert.deepEqual([0, 500].map(loaded(model.place, { held: true })), ["b", "b"]);
  });

  test("does what was pressed meanwhile, once", () => {
    const { model, at } = screen(list, { ...FREE, turn: 4 });
    at(0);

    assert.deepEqual([0, 9].map(loaded(model.place, { turn: 5 })), ["b", "b"]);
  });

  test("begins at the beginning where that scene is gone, or nothing of it is known", () => {
    assert.equal(loaded({ scene: "gone", turn: 0 })(0), "a");
    assert.equal(loaded({ scene: 7, turn: "many" })(0), "a");
    assert.equal(loaded({})(0), "a");
  });
});

describe("next, after somebody had a scene shown", () => {
  const list = [scene("a"), scene("b"), scene("c"), scene("d")];

  test("is the one after that scene", () => {
    const { at, told } = screen(list);
    at(0);
    told({ show: { scene: "c" }, since: iso(1) });
    assert.equal(at(1), "c");

    told({ turn: 1 });

    assert.equal(at(2), "d");
  });

  test("is the one after what was shown before it, once its time is over", () => {
    const { at, told } = screen(list);
    at(0);
    told({ show: { scene: "c" }, since: iso(1) });
    assert.deepEqual([1, 11].map(at), ["c", "b"]);

    told({ turn: 1 });

    assert.equal(at(12), "c");
  });
});
