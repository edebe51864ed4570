import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { CloseUp } from "../../static/js/models/close-up.js";
import { Network } from "../../static/js/models/network.js";

const [RIGHT, DOWN, LEFT] = [{ x: 1, y: 0 }, { x: 0, y: 1 }, { x: -1, y: 0 }];
const points = [{ x: 0, y: 0 }, { x: 100, y: 10 }, { x: 40, y: 90 }, { x: 20, y: 15 }];

describe("a network of people", () => {
  const network = new Network(points, [[0, 1], [2, 0]], [1, 0, 2, 3]);

  test("knows whom somebody talks with, whoever began", () => {
    assert.deepEqual([...network.around(0)], [1, 2]);
    assert.deepEqual([...network.around(2)], [0]);
    assert.deepEqual([...network.around(3)], []);
    assert.deepEqual([...network.around(null)], []);
  });

  test("finds whom a pointer is nearest to, and nobody far away", () => {
    assert.equal(network.at({ x: 92, y: 12 }, 20), 1);
    assert.equal(network.at({ x: 70, y: 40 }, 20), null);
  });

  test("goes to who stands next in a direction, and stays at the edge", () => {
    assert.equal(network.next(0, RIGHT), 3);
    assert.equal(network.next(3, RIGHT), 1);
    assert.equal(network.next(0, DOWN), 2);
    assert.equal(network.next(1, RIGHT), 1);
    assert.equal(network.next(1, LEFT), 3);
  });
});

describe("a close-up", () => {
  test("comes closer around a point, which stays where it was", () => {
    const seen = new CloseUp({ width: 1000, height: 600 });

    seen.zoom(2, { x: 0.25, y: 0.5 });

    assert.deepEqual(seen.box, { x: 125, y: 150, width: 500, height: 300 });
  });

  test("never shows what is beyond the edges, nor more than the whole", () => {
    const seen = new CloseUp({ width: 1000, height: 600 });
    seen.zoom(2, { x: 0, y: 0 });

    seen.move(-1, -1);
    assert.deepEqual([seen.box.x, seen.box.y], [0, 0]);
    seen.move(9, 9);
    assert.deepEqual([seen.box.x, seen.box.y], [500, 300]);
    seen.zoom(0.01);
    assert.deepEqual(seen.box, { x: 0, y: 0, width: 1000, height: 600 });
  });

  test("comes no closer than eight times, and goes back to the whole", () => {
    const seen = new CloseUp({ width: 800, height: 800 });

    seen.zoom(100);
    assert.equal(seen.times, 8);
    seen.whole();
    assert.deepEqual(seen.box, { x: 0, y: 0, width: 800, height: 800 });
  });

  test("moves to somebody who is out of sight, and not for somebody who is in it", () => {
    const seen = new CloseUp({ width: 800, height: 800 });
    seen.zoom(4, { x: 0, y: 0 });

    seen.show({ x: 100, y: 100 });
    assert.deepEqual([seen.box.x, seen.box.y], [0, 0]);
    seen.show({ x: 500, y: 100 });
    assert.deepEqual([seen.box.x, seen.box.y], [325, 0]);
  });
});
