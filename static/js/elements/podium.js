// What stands before the speakers: the desk's messages, the time, questions, and what is on the wall. Nothing moves by
// itself but the clock.

import { element } from "../helpers/fragment.js";
import { _, ngettext } from "../models/gettext.js";
import { clock, whose } from "../models/stage-clock.js";
import "./poll-bars.js";

const TICK_MS = 250;
const LONG = 30; // characters of a message that are not read at a glance

export class Podium {
  #root;
  #endsAt = null;
  #skew = 0; // ms that this clock is ahead of the server's

  constructor(root) {
    this.#root = root;
    setInterval(() => this.#tick(), TICK_MS);
  }

  // Actions

  /** The ids of the posts that stand there. */
  get ids() {
    return [...this.#root.querySelectorAll("article.post")].map((article) => article.dataset.id);
  }

  /** Show what holds now; `skew` is how many ms our clock is ahead of its. What stands there already stays as it is. */
  show({ ends_at: endsAt, session, messages, announcements = [], questions, shown, screen = null, poll = [], skew = 0 }) {
    this.#skew = skew;
    this.#endsAt = endsAt ? Date.parse(endsAt) : null;
    const { title, speakers } = whose(session);
    say(this.#find(".podium__whose"), title);
    say(this.#find(".podium__who"), speakers);
    this.#settle(this.#find(".podium__messages"), messages, (one) => message(one));
    this.#settle(this.#find(".podium__announced"), announcements, (one) => message(one));
    this.#settle(this.#find(".podium__questions .podium__posts"), questions, asked);
    this.#settle(this.#find(".podium__shown .podium__posts"), shown, ({ html }) => article(html));
    this.#settle(this.#find(".podium__poll"), poll, ({ html }) => element(html));
    say(this.#find("#shown"), screen ? _("On the screen") : _("On the wall"));
    say(this.#find(".podium__scene"), screen?.scene ?? "");
    this.#find(".podium__shown .podium__none").hidden = screen !== null;
    this.#tick();
  }

  /** Posts that may be shown no more are gone when this returns. */
  drop(ids) {
    for (const id of ids) this.#find(`#post-${CSS.escape(id)}`)?.remove();
  }

  // Internal

  /** Bring a list's children to what is wanted, in its order, and leave those alone that say the same. */
  #settle(list, wanted, make) {
    const there = new Map([...list.children].map((child) => [child.dataset.says, child]));
    const children = wanted.map((one) => {
      const says = JSON.stringify([one.id, one.html ?? one.text, one.votes, one.answering]);
      const child = there.get(says) ?? make(one);
      if (child) child.dataset.says = says;
      return child;
    });
    const after = children.filter(Boolean);
    if (after.length !== list.children.length || after.some((child, place) => child !== list.children[place])) {
      list.replaceChildren(...after);
    }
  }

  #tick() {
    const { phase, figures, words } = clock(this.#endsAt, Date.now() - this.#skew);
    const time = this.#find(".podium__time");
    if (time.dataset.phase !== phase) time.dataset.phase = phase;
    say(this.#find(".podium__figures"), figures);
    say(this.#find(".podium__left"), words);
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }
}

function article(html) {
  const made = element(html);
  if (!made) return null;
  // A speaker has no hand to unfold a warned post, and is not shown what others are warned of.
  for (const details of made.querySelectorAll("details")) details.replaceWith(details.querySelector("summary"));
  return document.adoptNode(made);
}

/** A question, with its votes where the room votes, or that it is the one. */
function asked({ html, votes = null, answering = false }) {
  const made = article(html);
  if (!made || votes === null) return made;
  const line = document.createElement("p");
  line.className = "podium__votes";
  line.textContent = answering ? _("Now answering") : ngettext("%(num)s vote", "%(num)s votes", votes);
  made.classList.toggle("podium__answering", answering);
  made.prepend(line);
  return made;
}

function message({ text }) {
  const line = document.createElement("p");
  line.className = "podium__message";
  line.dir = "auto";
  line.dataset.length = text.length > LONG ? "long" : "short";
  line.textContent = text;
  return line;
}

function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
