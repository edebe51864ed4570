// A post's card in the page: what the server wrote on it, and the little that changes on it here.

import { element } from "../helpers/fragment.js";

/** Read a post from its card, an element or the server's fragment of it; null when that is no card. */
export function readCard(card) {
  const root = typeof card === "string" ? element(card) : card;
  if (!root?.dataset.post) return null;
  const { post, version, hash, status, place, author, name, since, language, pictures, alike, searched } = root.dataset;
  const body = root.querySelector(".card__body");
  prepare(body);
  return {
    id: post,
    version: Number(version),
    hash,
    status,
    place: Number(place),
    author,
    name,
    since: Date.parse(since),
    words: root.querySelector(".row__words").textContent,
    sourceId: root.dataset.sourceId,
    sourceKind: root.dataset.sourceKind,
    network: root.querySelector(".post__network")?.textContent.trim() ?? "",
    language,
    pictures,
    question: "question" in root.dataset,
    alike,
    searched,
    get firstTime() {
      return root.hasAttribute("data-first-time");
    },
    set firstTime(first) {
      root.toggleAttribute("data-first-time", first);
    },
    get trusted() {
      return root.hasAttribute("data-trusted");
    },
    element: root,
    body,
  };
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

/** A moderator reads what others are warned of, and never leaves the desk by a link. */
function prepare(body) {
  for (const details of body.querySelectorAll("details")) details.open = true;
  for (const link of body.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
}
