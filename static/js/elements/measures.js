// How the line of waiting posts fares: how old each is and who has it, how old the oldest, how fast it goes.

import { _ } from "../models/gettext.js";
import { duration, holderWords, paceWords } from "../models/words.js";

export class Measures {
  #oldest;
  #pace;

  constructor(root) {
    this.#oldest = root.querySelector(".line__oldest");
    this.#pace = root.querySelector(".line__pace");
  }

  // Actions

  /** `posts` are all that wait, `shown` those whose lines are drawn. */
  show(posts, shown, { team, pace }) {
    const now = Date.now();
    for (const post of shown) {
      const holder = team.holder(post.id);
      post.held = Boolean(holder);
      const age = duration(now - post.since);
      post.age = holder ? `${holderWords(holder.name)} · ${age}` : age;
    }
    const oldest = posts.length ? duration(now - posts.reduce((least, { since }) => Math.min(least, since), now)) : "";
    write(this.#oldest, oldest && _("oldest %(age)s", { age: oldest }));
    write(this.#pace, paceWords(pace.lastMinute(now), !team.others.length));
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
