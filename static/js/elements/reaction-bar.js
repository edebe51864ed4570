// The reactions under a post of the live page: those it has, and behind one button those it could be given.

import { actsOf, actButton } from "../helpers/acts.js";
import { send } from "../helpers/ask.js";
import { _ } from "../models/gettext.js";
import { number } from "../models/language.js";

const REFUSED = _("This could not be sent. Try again in a moment.");

/** Return the function that dresses posts with reactions; `say` is told what went wrong, in words. */
export function reactions({ slug, offered, own, say }) {
  return (article) => {
    if (!article.dataset.id || article.matches(".post--unrenderable")) return;
    const row = actsOf(article);
    const bar = row.querySelector("reaction-bar") ?? document.createElement("reaction-bar");
    if (!bar.offered) {
      Object.assign(bar, { slug, offered, own, say, id: `react-${article.dataset.id}`, post: article.dataset.id });
      row.prepend(bar);
    }
    bar.counts = countsOf(article);
  };
}

export class ReactionBar extends HTMLElement {
  #counts = {};
  #open = false;
  #buttons = new Map(); // by key
  #more = null;

  // Actions

  set counts(counts) {
    this.#counts = counts;
    if (this.#buttons.size === 0) this.#make();
    this.#draw();
  }

  // Internal

  #make() {
    for (const { key, emoji, name } of this.offered) {
      const button = actButton("reaction", emoji, name);
      const place = document.createElement("span");
      place.className = "reaction__count";
      place.ariaHidden = "true";
      button.append(place);
      button.addEventListener("click", () => this.#tap(key));
      this.#buttons.set(key, button);
      this.append(button);
    }
    this.#more = actButton("reaction reaction--more", _("React"));
    this.#more.addEventListener("click", () => {
      this.#open = !this.#open;
      this.#draw();
    });
    this.append(this.#more);
  }

  #draw() {
    for (const { key, name } of this.offered) {
      const [button, count, given] = [this.#buttons.get(key), this.#counts[key] ?? 0, this.own.has(this.post, key)];
      button.hidden = count === 0 && !given && !this.#open && button !== document.activeElement;
      button.ariaPressed = String(given);
      button.ariaLabel = count > 0 ? _("%(count)s %(reaction)s", { count: number(count), reaction: name }) : name;
      const words = count > 0 ? String(count) : "";
      const place = button.lastChild;
      if (place.textContent !== words) place.textContent = words;
    }
    this.#more.ariaExpanded = String(this.#open);
  }

  async #tap(key) {
    const before = { counts: this.#counts, given: this.offered.map((one) => one.key).filter((one) => this.own.has(this.post, one)) };
    const wanted = !this.own.has(this.post, key);
    this.own.set(this.post, this.own.toggled(this.post, key));
    this.counts = { ...before.counts, [key]: Math.max(0, (before.counts[key] ?? 0) + (wanted ? 1 : -1)) };
    const answer = await send(`/${this.slug}/post/${this.post}/reactions`, { reaction: key, wanted: wanted ? "yes" : "no" });
    if (answer.status === 200) {
      this.own.set(this.post, answer.body.own);
      this.counts = answer.body.reactions;
      return;
    }
    this.own.set(this.post, before.given);
    this.counts = before.counts;
    this.say(answer.body?.error?.message ?? REFUSED);
  }
}

function countsOf(article) {
  const shown = [...article.querySelectorAll(".post__reaction")];
  return Object.fromEntries(shown.map(({ dataset }) => [dataset.reaction, Number(dataset.count)]));
}

customElements.define("reaction-bar", ReactionBar);
