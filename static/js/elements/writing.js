// What the team writes on a post: a note for itself, and what its pictures show.

import { _ } from "../models/gettext.js";
import { written } from "./dialogs.js";

const LONGEST_NOTE = 500;
const LONGEST_DESCRIPTION = 1_500;

export class Writing {
  #decisions;
  #lost = new Map(); // by kind and post id, words that the server did not take

  constructor(decisions) {
    this.#decisions = decisions;
    decisions.addEventListener("refused", ({ detail: { decision } }) => {
      if (decision.words) this.#lost.set(`${decision.kind} ${decision.post.id}`, decision.words.text);
    });
  }

  // Actions

  /** Write a note on this post. */
  async note(post) {
    const seen = post.element.dataset.note ?? "";
    const text = await written({
      title: _("A note for the team"),
      words: _("Moderators alone read it. It is never shown, and goes when the author deletes the post."),
      text: this.#found("note", post) ?? seen,
      longest: LONGEST_NOTE,
    });
    if (text !== null && text !== seen) this.#decisions.write(post, "note", { text, seen });
  }

  /** Describe the first picture of this post that nobody described, else its first. */
  async describe(post) {
    const pictures = [...post.body.querySelectorAll(".post__picture[data-media]")];
    const which = pictures.find((one) => !one.querySelector("img").alt) ?? pictures[0];
    if (!which) return;
    const { media, described = "" } = which.dataset;
    const text = await written({
      title: _("What does the picture show?"),
      words: described
        ? _("Heard by who cannot see it, marked as described by the team. Leave it empty for the author's own words.")
        : _("Heard by who cannot see it, marked as described by the team. The author's own words stay as they are."),
      text: this.#found("describe", post) ?? described,
      longest: LONGEST_DESCRIPTION,
      picture: seen(which),
    });
    if (text !== null && text !== described) this.#decisions.write(post, "describe", { text, media: Number(media) });
  }

  // Internal

  #found(kind, { id }) {
    const key = `${kind} ${id}`;
    const words = this.#lost.get(key);
    this.#lost.delete(key);
    return words;
  }
}

/** A copy of the picture, if it is not covered. */
function seen(figure) {
  const image = figure.querySelector("img");
  if (figure.closest("[data-covered]:not([data-revealed])")) return null;
  const copy = new Image();
  copy.src = image.src;
  copy.alt = image.alt;
  return copy;
}
