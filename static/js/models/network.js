// People of a picture, who talks with whom, and who stands where: found by a pointer, or by going from one to the next.

const ACROSS = 2; // how much worse it is to stand aside of the way than farther along it

export class Network {
  #points;
  #ties;

  /** `points` are {x, y}, by the number of each person; `ties` are pairs of such numbers; `ranked` those numbers in order. */
  constructor(points, ties, ranked) {
    this.#points = points;
    this.#ties = new Map(points.map((_point, number) => [number, new Set()]));
    this.ranked = ranked;
    for (const [one, other] of ties) {
      this.#ties.get(one).add(other);
      this.#ties.get(other).add(one);
    }
  }

  /** Whom somebody talks with. */
  around(number) {
    return this.#ties.get(number) ?? new Set();
  }

  /** Who stands nearest to a point, within a distance; null where nobody does. */
  at(point, within) {
    const [found] = this.#points
      .map((one, number) => ({ number, distance: Math.hypot(one.x - point.x, one.y - point.y) }))
      .filter(({ distance }) => distance <= within)
      .sort((one, other) => one.distance - other.distance);
    return found?.number ?? null;
  }

  /** Who comes next from somebody in a direction, {x, y} of 1, 0 or -1; they themselves at the edge. */
  next(number, direction) {
    const from = this.#points[number];
    const [found] = this.#points
      .map((one, other) => ({ other, ...way(from, one, direction) }))
      .filter(({ along, aside }) => along > 0 && aside <= along)
      .sort((one, other) => one.along + ACROSS * one.aside - (other.along + ACROSS * other.aside));
    return found?.other ?? number;
  }
}

function way(from, to, direction) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  return { along: x * direction.x + y * direction.y, aside: Math.abs(x * direction.y - y * direction.x) };
}
