// The shape of a wall of posts: what hangs on it, how much at once, and how it is drawn. Scenes that show posts otherwise
// (big, stream, pictures) are walls of another shape, and say here in what they differ; all else is <poster-wall>'s.

import { fitPost } from "../helpers/fit.js";

export class WallShape extends HTMLElement {
  #fitted = new WeakMap(); // card → what it was when its type was set: {element, answer, width, height}

  /** How much hangs at once: {columns, rows}. */
  shape() {
    const style = getComputedStyle(this);
    return { columns: Number(style.getPropertyValue("--columns")), rows: Number(style.getPropertyValue("--rows")) };
  }

  /** How it changes when it is quiet, as models/hanging.js takes it. */
  get pace() {
    return {};
  }

  /** What becomes of the pinned post: it "stays", comes "first" and then in its turn, or is "any" post. */
  get pinned() {
    return "stays";
  }

  /** Whether a post may hang here. */
  wants() {
    return true;
  }

  /** The facts of a post, as pacing is told them. */
  facts(facts) {
    return facts;
  }

  /** Change a poster before it is hung, and before anything of it is fetched. */
  prepare() {}

  /** The elements of a layout; `card(place)` returns the card of one post. */
  draw(layout, card) {
    return layout.map((cards) => {
      const column = document.createElement("div");
      column.className = "wall__column";
      column.append(...cards.map(card));
      return column;
    });
  }

  /** Size what hangs: cards by the id of their post. What is as it was is left alone, but for when all is wanted `anew`. */
  fit(cards, { anew }) {
    const others = [...cards.values()].filter((card) => anew || !isAs(this.#fitted.get(card), card));
    for (const card of others) {
      fitPost(card);
      const { firstElementChild: element, clientWidth: width, clientHeight: height } = card;
      this.#fitted.set(card, { element, answer: answered(card), width, height });
    }
  }
}

function isAs(before, card) {
  const { firstElementChild, clientWidth, clientHeight } = card;
  const same = before?.element === firstElementChild && before.answer === answered(card);
  return same && before.width === clientWidth && before.height === clientHeight;
}

/** What stands below the words, and leaves them so much less room. */
function answered(card) {
  return card.querySelector(".post__answer")?.textContent ?? "";
}
