// Where pictures stand that share a box: in rows, each with the room its shape asks for. Pure; lengths in pixels.
//
// A picture is cut by a fifth at most, else it is shown whole before a plain ground. While pictures come and go one at a
// time the others stay where they are; only when too many stand before a plain ground, all are laid out anew.

const MOST_CUT = 1.25; // of the longer side to what is shown of it
const UNEVEN = 0.6; // how much rows of different heights count beside pictures that are cut
const MISFITS = 1 / 3; // of the pictures
const ALIKE = 2; // pictures by which the rows that are tried differ at most
const MANY = 8; // pictures, of which none has a row to itself
const BEGINNINGS = 4; // of each order that is tried

export class Mosaic {
  #cells = []; // {id, x, y, width, height}
  #box = "";

  /** Return a cell for each of `pictures` ({id, aspect}) as id → {x, y, width, height, whole}: `whole` is not cut. */
  place(pictures, box) {
    if (!this.#take(pictures, box)) this.#layOut(pictures, box);
    const aspects = new Map(pictures.map(({ id, aspect }) => [id, aspect]));
    return new Map(this.#cells.map(({ id, ...cell }) => [id, { ...cell, whole: isMisfit(aspects.get(id), cell) }]));
  }

  /** Put who is new where somebody left. Tells whether that will do. */
  #take(pictures, box) {
    if (this.#box !== JSON.stringify(box) || this.#cells.length !== pictures.length) return false;
    const left = this.#cells.filter(({ id }) => pictures.every((picture) => picture.id !== id));
    const come = pictures.filter(({ id }) => this.#cells.every((cell) => cell.id !== id));
    left.forEach((cell, place) => (cell.id = come[place].id));
    const misfits = this.#cells.filter((cell) => isMisfit(pictures.find(({ id }) => id === cell.id).aspect, cell));
    return misfits.length <= MISFITS * pictures.length;
  }

  #layOut(pictures, box) {
    this.#box = JSON.stringify(box);
    this.#cells = justified(pictures, box);
  }
}

/** Return a cell {id, x, y, width, height} for each picture, in rows that fill the box as far as they can. */
export function justified(pictures, box) {
  let best = { cost: Infinity, rows: [], heights: [] };
  for (const parted of ways(pictures.length)) {
    for (const order of orders(pictures)) {
      const choice = measured(parted, order, box);
      if (choice.cost < best.cost) best = choice;
    }
  }
  return set(best, box);
}

/** Some of the orders in which pictures may stand: as they came and by shape, from several beginnings. */
function orders(pictures) {
  const byShape = [...pictures].sort((a, b) => a.aspect - b.aspect);
  const step = Math.ceil(pictures.length / BEGINNINGS);
  const beginnings = pictures.map((_, place) => place).filter((place) => place % step === 0);
  return [pictures, byShape].flatMap((list) => beginnings.map((place) => [...list.slice(place), ...list.slice(0, place)]));
}

/** Ways to part so many pictures into rows of nearly as many, as counts. */
function ways(count) {
  const least = count > MANY ? 2 : 1;
  const sizes = Array.from({ length: count - least + 1 }, (_, more) => least + more);
  return sizes.flatMap((size) => partitions(count, sizes.filter((one) => one >= size && one <= size + ALIKE)));
}

function partitions(count, sizes) {
  if (count === 0) return [[]];
  const fitting = sizes.filter((size) => size <= count);
  return fitting.flatMap((first) => partitions(count - first, sizes).map((rest) => [first, ...rest]));
}

/** How high rows would be without cutting, and what it takes to have them fill the box. */
function measured(counts, pictures, { width, height, gap }) {
  let place = 0;
  const rows = counts.map((count) => pictures.slice(place, (place += count)));
  const heights = rows.map((row) => (width - gap * (row.length - 1)) / sum(row.map(({ aspect }) => aspect)));
  const stretch = (height - gap * (rows.length - 1)) / sum(heights);
  const uneven = Math.log(Math.max(...heights) / Math.min(...heights));
  return { rows, heights, stretch, cost: Math.abs(Math.log(stretch)) + UNEVEN * uneven };
}

/** Stretch rows as far as pictures may be cut; what is left over stands around them. */
function set({ rows, heights, stretch }, { width, height, gap }) {
  const cut = Math.min(MOST_CUT, Math.max(1 / MOST_CUT, stretch));
  const scale = Math.min(1, stretch / cut);
  const high = heights.map((one) => one * cut * scale);
  let y = (height - sum(high) - gap * (rows.length - 1)) / 2;
  return rows.flatMap((row, place) => {
    const widths = row.map(({ aspect }) => aspect * heights[place] * scale);
    let x = (width - sum(widths) - gap * (row.length - 1)) / 2;
    const cells = row.map(({ id }, column) => {
      const wide = widths[column];
      const cell = { id, x, y, width: wide, height: high[place] };
      x += wide + gap;
      return cell;
    });
    y += high[place] + gap;
    return cells;
  });
}

function isMisfit(aspect, { width, height }) {
  const cut = aspect / (width / height);
  return Math.max(cut, 1 / cut) > MOST_CUT * 1.01;
}

function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}
