import assert from "node:assert/strict";
import { test } from "node:test";

import { Mosaic, justified } from "../../static/js/models/mosaic.js";

const BOX = { width: 1300, height: 970, gap: 17 };
const SHAPES = [1.33, 0.75, 1.78, 1, 1.5, 0.67, 2.3, 0.56, 1.33, 1.33, 0.75, 1.6];
const MOST_CUT = 1.26;
const pictures = (count, shapes = SHAPES) => shapes.slice(0, count).map((aspect, place) => ({ id: `p${place}`, aspect }));
const cut = (aspect, { width, height }) => Math.max(aspect / (width / height), width / height / aspect);
const covered = (cells) => cells.reduce((sum, { width, height }) => sum + width * height, 0) / (BOX.width * BOX.height);
const apart = (a, b) =>
  a.x + a.width <= b.x + 0.01 || b.x + b.width <= a.x + 0.01 || a.y + a.height <= b.y + 0.01 || b.y + b.height <= a.y + 0.01;

for (const count of [1, 3, 4, 6, 9, 12]) {
  test(`${count} pictures stand inside the box, apart from each other, and are hardly cut`, () => {
    const hung = pictures(count);

    const cells = justified(hung, BOX);

    assert.equal(new Set(cells.map(({ id }) => id)).size, count);
    assert.ok(cells.every(({ x, y, width, height }) => x > -0.01 && y > -0.01 && x + width < 1300.01 && y + height < 970.01));
    assert.ok(cells.every((one, place) => cells.slice(place + 1).every((other) => apart(one, other))));
    assert.ok(hung.every(({ id, aspect }) => cut(aspect, cells.find((cell) => cell.id === id)) < MOST_CUT));
  });
}

test("six or more of all shapes leave little of the box bare", () => {
  for (const count of [6, 9, 12]) assert.ok(covered(justified(pictures(count), BOX)) > 0.85, `${count}`);
});

test("a picture that comes takes the place of the one that left, and no other moves", () => {
  const mosaic = new Mosaic();
  const before = mosaic.place(pictures(6), BOX);

  const after = mosaic.place([...pictures(6).slice(1), { id: "new", aspect: 1.4 }], BOX);

  assert.deepEqual({ ...after.get("new"), whole: 0 }, { ...before.get("p0"), whole: 0 });
  assert.deepEqual([...after].filter(([id]) => id !== "new"), [...before].filter(([id]) => id !== "p0"));
});

test("one that does not fit there is shown whole", () => {
  const mosaic = new Mosaic();
  mosaic.place(pictures(6), BOX);

  const after = mosaic.place([...pictures(6).slice(1), { id: "new", aspect: 0.4 }], BOX);

  assert.deepEqual([...after].filter(([, { whole }]) => whole).map(([id]) => id), ["new"]);
});

test("when too many do not fit, all are laid out anew", () => {
  const mosaic = new Mosaic();
  mosaic.place(pictures(6, [2, 2, 2, 2, 2, 2]), BOX);

  const after = mosaic.place([...pictures(3, [2, 2, 2]), ...["a", "b", "c"].map((id) => ({ id, aspect: 0.6 }))], BOX);

  assert.ok([...after.values()].every(({ whole }) => !whole));
});

test("another box, or fewer pictures, is another layout", () => {
  const mosaic = new Mosaic();
  mosaic.place(pictures(6), BOX);

  const high = mosaic.place(pictures(6), { width: 900, height: 1300, gap: 17 });
  const fewer = mosaic.place(pictures(5), { width: 900, height: 1300, gap: 17 });

  assert.ok([...high.values()].every(({ x, width }) => x + width < 900.01));
  assert.equal(fewer.size, 5);
});

test("no picture is no cell", () => {
  assert.deepEqual(justified([], BOX), []);
});
