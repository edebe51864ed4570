// How the line of waiting posts fares: how old each is and who has it, how old the oldest, how fast it goes.

import { duration, holderWords, paceWords } from "../models/words.js";

export class Measures {
  #oldest;
  #pace;

  constructor(root) {
    this.#oldest = root.querySelector(".line__oldest");
    this.#pace = root.querySelector(".line__pace");
  }

  // Actions

  show(posts, { team, pace }) {
    const now = Date.now();
    for (const { id, element, since } of posts) {
      const holder = team.holder(id);
      element.toggleAttribute("data-held", Boolean(holder));
      const age = duration(now - since);
      write(element.querySelector(".row__age"), holder ? `${holderWords(holder.name)} · ${age}` : age);
    }
    const oldest = posts.length ? duration(now - Math.min(...posts.map(({ since }) => since))) : "";
    write(this.#oldest, oldest && `oldest ${oldest}`);
    write(this.#pace, paceWords(pace.lastMinute(now), !team.others.length));
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
