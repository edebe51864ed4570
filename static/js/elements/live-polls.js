// The polls of a page, kept as they are by now. What somebody is writing is left alone while the poll is open.

import { element } from "../helpers/fragment.js";
import { Feed } from "../models/feed.js";
import { _ } from "../models/gettext.js";
import { ANNOUNCE_EVERY_MS, JITTER_MS, news, voters } from "../models/poll-news.js";
import { Stream } from "../models/stream.js";
import { followAnnouncements } from "./announced.js";

const WHAT = "polls";

export class LivePolls {
  #root;
  #list;
  #feed;
  #stream;
  #timer = null;
  #saidAt = -Infinity;

  constructor(root) {
    this.#root = root;
    this.#list = root.querySelector(".poll-page__list");
    const { cursor, streamUrl, feedUrl } = root.dataset;
    this.#feed = new Feed({ cursor });
    this.#stream = new Stream({ streamUrl, feedUrl, feed: this.#feed });
  }

  // Lifecycle

  start() {
    this.#feed.addEventListener("arranged", ({ detail }) => detail.what.includes(WHAT) && this.#askSoon());
    this.#feed.addEventListener("change", ({ detail }) => detail.reset && this.#askSoon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#askSoon());
    this.#list.addEventListener("submit", (event) => this.#vote(event));
    followAnnouncements(this.#feed);
    this.#stream.open();
  }

  // Actions

  /** Send a ballot; where that fails for want of a network, the form is still filled in. */
  async #vote(event) {
    event.preventDefault();
    const form = event.target;
    const button = form.querySelector("button");
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { accept: "application/json" } });
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.error?.message);
      this.#put(form.closest(".poll"), element(body.html), { focus: true });
      this.#say(_("Your answer was counted."));
    } catch (error) {
      const told = error instanceof TypeError || error instanceof SyntaxError ? "" : error.message;
      this.#complain(form, told || _("That did not get through. Try again; your answer is counted once."));
    }
    button.removeAttribute("aria-disabled");
  }

  // Internal

  #askSoon() {
    this.#timer ??= setTimeout(() => this.#ask(), Math.random() * JITTER_MS);
  }

  async #ask() {
    this.#timer = null;
    if (document.visibilityState === "hidden") return;
    const told = await this.#fetch(this.#root.dataset.pollsUrl);
    if (!told) return;
    const { renew, tell, ask, remove } = news(this.#here, told.polls, this.#root.dataset.alone);
    remove.forEach((id) => this.#find(id)?.remove());
    for (const poll of renew) this.#renew(poll);
    for (const poll of tell) this.#count(this.#find(poll.id), poll.voters);
    this.#sort(told.polls.map(({ id }) => id));
    await Promise.all(ask.map((id) => this.#results(this.#find(id))));
    this.#root.querySelector(".empty").hidden = this.#list.childElementCount > 0;
  }

  get #here() {
    return [...this.#list.children].map(({ dataset: { poll, version, status, resultsUrl } }) => ({ id: poll, version: Number(version), status, voted: Boolean(resultsUrl) }));
  }

  #renew({ id, html, status }) {
    const before = this.#find(id);
    const after = element(html);
    if (!before) {
      this.#list.append(after);
      this.#say(_("A poll: %(question)s", { question: after.querySelector(".poll__question").textContent }), { now: true });
      return;
    }
    if (status === "open" && before.dataset.status === "open") {
      before.dataset.version = after.dataset.version; // hidden or shown: nothing that who has not voted could see
      return;
    }
    keepAnswer(before, after);
    this.#put(before, after, { focus: before.contains(document.activeElement) });
    if (status === "closed") this.#say(_("Closed: %(question)s", { question: after.querySelector(".poll__question").textContent }), { now: true });
  }

  /** What only who voted is told. */
  async #results(poll) {
    const told = await this.#fetch(poll.dataset.resultsUrl);
    if (!told || !poll.isConnected) return;
    poll.dataset.version = String(told.version);
    const results = poll.querySelector(".poll__results");
    if (told.html) results.replaceChildren(element(told.html));
    else results.textContent = _("Results are not shown now.");
    this.#count(poll, told.voters);
  }

  #count(poll, count) {
    const place = poll?.querySelector(".poll__voters");
    if (!place || place.dataset.voters === String(count)) return;
    place.dataset.voters = String(count);
    place.textContent = voters(count);
    this.#say(voters(count));
  }

  #put(before, after, { focus = false } = {}) {
    before.replaceWith(after);
    if (focus) after.querySelector(".poll__question").focus({ preventScroll: true });
  }

  #complain(form, words) {
    const place = form.querySelector(".poll__error");
    place.textContent = words;
    place.hidden = false;
  }

  /** Open polls first; nothing is moved that stands right, so that no focus is lost. */
  #sort(ids) {
    const polls = ids.map((id) => this.#find(id)).filter(Boolean);
    polls.forEach((poll, place) => {
      const there = this.#list.children[place];
      if (there !== poll && !poll.contains(document.activeElement)) this.#list.insertBefore(poll, there ?? null);
    });
  }

  #find(id) {
    return this.#list.querySelector(`#poll-${CSS.escape(id)}`);
  }

  /** All who heard the same ask for the same address, whose answer is not from before that. */
  async #fetch(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("at", this.#feed.cursor ?? "");
    try {
      const answer = await fetch(url, { headers: { accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null; // the next change brings another try
    }
  }

  /** Numbers are told now and then, so that nobody is talked over. */
  #say(words, { now = false } = {}) {
    const at = performance.now();
    if (!now && at - this.#saidAt < ANNOUNCE_EVERY_MS) return;
    this.#saidAt = at;
    this.#root.querySelector("[data-announce]").textContent = words;
  }
}

/** What the server tells all alike says nothing of what somebody here answered. */
function keepAnswer(before, after) {
  const mine = before.querySelector(".poll__mine");
  if (mine) after.querySelector(".poll__stands").after(mine);
  if (before.dataset.resultsUrl) after.dataset.resultsUrl = before.dataset.resultsUrl;
}
