// Whom the post under decision is by, and how many more wait by the same author or say the same: one press selects them.

import { alike } from "../models/alike.js";
import { ngettext } from "../models/gettext.js";
import { isolated } from "../models/language.js";

export class Kin {
  #first;
  #author;
  #alike;
  #counted = {}; // the post and the posts that were counted

  constructor(root) {
    this.#first = root.querySelector(".kin__first");
    this.#author = root.querySelector("[data-act=by-author]");
    this.#alike = root.querySelector("[data-act=alike]");
  }

  // Actions

  /** Show it for a post among those that are here. */
  show(post, posts) {
    this.#first.hidden = !post?.firstTime;
    if (this.#counted.post === post && this.#counted.posts === posts) return;
    this.#counted = { post, posts };
    const others = post ? posts.filter(({ id }) => id !== post.id) : [];
    const mine = others.filter(({ author }) => author === post.author).length;
    const same = others.filter((other) => alike(post.alike, other.alike)).length;
    write(this.#author, mine ? ngettext("%(num)s more by %(name)s", "%(num)s more by %(name)s", mine, { name: isolated(post.name) }) : "", "A");
    write(this.#alike, same ? ngettext("%(num)s more says the same", "%(num)s more say the same", same) : "", "L");
  }
}

function write(button, words, key) {
  button.hidden = !words;
  if (button.dataset.words === words) return;
  button.dataset.words = words;
  const name = document.createElement("kbd");
  name.textContent = key;
  button.replaceChildren(words, " ", name);
}
