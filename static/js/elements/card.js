// A post's card in the page: what the server wrote on it, and the little that changes on it here. Of one that arrives,
// only the beginning is read, where the marks stand; the rest becomes elements once it is to be shown.

import { element } from "../helpers/fragment.js";

/** Read a post from its card, an element or the server's fragment of it; null when that is no card. */
export function readCard(card) {
  const html = typeof card === "string" ? card : null;
  const root = html === null ? card : element(opening(html));
  return root?.dataset.post ? new Card(root.dataset, html, html === null ? root : null) : null;
}

/** Load a post's pictures before it is shown. */
export function warm(post) {
  for (const picture of post.body.querySelectorAll("img[loading=lazy]")) picture.loading = "eager";
}

/** Cover or reveal the pictures of a covered post. */
export function reveal(holder, shown = !("revealed" in holder.dataset)) {
  holder.toggleAttribute("data-revealed", shown);
  const button = holder.querySelector("[data-act=reveal]");
  button?.setAttribute("aria-pressed", String(shown));
}

class Card {
  #html;
  #root;
  #parts = new Map(); // by selector
  #written = new Map(); // by attribute, whether it is set
  #age = "";
  #trust;
  #cover; // why its pictures may be covered: "warned", or "unknown" until its author is trusted

  constructor(marks, html, root) {
    this.id = marks.post;
    this.version = Number(marks.version);
    this.hash = marks.hash;
    this.status = marks.status;
    this.place = Number(marks.place);
    this.author = marks.author;
    this.name = marks.name;
    this.approver = marks.approver ?? null; // who gave the first of two approvals
    this.since = Date.parse(marks.since);
    this.sourceId = marks.sourceId;
    this.sourceKind = marks.sourceKind;
    this.language = marks.language;
    this.pictures = marks.pictures;
    this.copies = marks.copies; // the posts that are grouped behind it, and their versions
    this.question = "question" in marks;
    this.isReply = "reply" in marks;
    this.thread = marks.thread; // the id of the post it answers, or its own
    this.whereabouts = marks.written ?? ""; // where its author says they are: "room", "remote" or nothing
    this.tie = marks.tie ?? ""; // differs when what it answers stands or says something else
    this.alike = marks.alike;
    this.searched = marks.searched;
    for (const name of ["first-time", "trusted", "covered"]) this.#written.set(`data-${name}`, camel(name) in marks);
    this.#trust = marks.trust ?? "";
    this.#cover = marks.cover ?? "";
    this.#html = html;
    this.#root = root;
    if (!root) return;
    prepare(root);
    this.#check(); // a page that comes back may bring boxes that were checked before
  }

  // What is read of it

  get element() {
    if (!this.#root) this.#make();
    return this.#root;
  }

  get body() {
    return this.#part(".card__body");
  }

  get row() {
    return this.#part(".row");
  }

  get words() {
    return this.#part(".row__words").textContent;
  }

  get network() {
    return this.body.querySelector(".post__network")?.textContent.trim() ?? "";
  }

  get firstTime() {
    return this.#written.get("data-first-time");
  }

  get trusted() {
    return this.#written.get("data-trusted");
  }

  /** Whether its pictures are hidden until somebody wants to see them. */
  get covered() {
    return this.#cover === "warned" || (this.#cover === "unknown" && !this.trusted);
  }

  /** Why its author is trusted, or how far from it, in words. */
  get trust() {
    return this.#trust;
  }

  // What changes on it

  set firstTime(first) {
    this.#mark("data-first-time", first);
  }

  set trusted(trusted) {
    this.#mark("data-trusted", trusted);
    this.#mark("data-covered", this.covered);
    if (this.#root) this.#offerReveal();
  }

  set trust(words) {
    if (words === this.#trust) return;
    this.#trust = words;
    if (this.#root) this.#tellTrust();
  }

  /** Whether it is selected. */
  set marked(marked) {
    this.#mark("data-marked", marked);
    if (this.#root) this.#check();
  }

  /** Whether somebody else has it. */
  set held(held) {
    this.#mark("data-held", held);
  }

  /** Whether it is the one under decision, and so the one stop of the Tab key in its list. */
  set current(current) {
    this.#mark("data-current", current);
    const tabIndex = current ? 0 : -1;
    if (this.row.tabIndex === tabIndex && this.row.hasAttribute("aria-current") === current) return;
    this.row.tabIndex = tabIndex;
    if (current) this.row.setAttribute("aria-current", "true");
    else this.row.removeAttribute("aria-current");
  }

  /** How old it is, in words. */
  set age(words) {
    if (words === this.#age) return;
    this.#age = words;
    this.#part(".row__age").textContent = words;
  }

  // Internal

  #make() {
    this.#root = element(this.#html);
    this.#html = null;
    prepare(this.#root);
    for (const [name, set] of this.#written) this.#root.toggleAttribute(name, set);
    this.#tellTrust();
    this.#offerReveal();
    this.#check();
  }

  #tellTrust() {
    const line = this.body.querySelector(".card__trust");
    line.textContent = this.#trust;
    line.hidden = !this.#trust;
  }

  #offerReveal() {
    const button = this.body.querySelector("[data-act=reveal]");
    if (button) button.hidden = !this.covered;
  }

  #mark(name, set) {
    if ((this.#written.get(name) ?? false) === set) return;
    this.#written.set(name, set);
    this.#root?.toggleAttribute(name, set);
  }

  /** A press on the box itself has changed it before we hear of it. */
  #check() {
    const marked = this.#written.get("data-marked") ?? false;
    const box = this.#part(".pick__box");
    if (box.checked !== marked) box.checked = marked;
  }

  #part(selector) {
    if (!this.#parts.has(selector)) this.#parts.set(selector, this.element.querySelector(selector));
    return this.#parts.get(selector);
  }
}

/** The first tag of a fragment. Our templates write no ">" into an attribute. */
function opening(html) {
  return html.slice(0, html.indexOf(">") + 1);
}

function camel(name) {
  return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** A moderator reads what others are warned of, and never leaves the desk by a link. */
function prepare(card) {
  for (const details of card.querySelectorAll("details:not(.more)")) details.open = true;
  for (const link of card.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
}
