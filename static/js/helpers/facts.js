// What pacing must know of a post, read from its article.

import { dwell, isMixed, wordCount, words } from "../models/reading.js";

const STAFF = "announcement";
const COMPARED = 60; // words of a post that are compared with others'

/** Return the facts of a post as models/pacing.js wants them; nobody is the author of two posts without a key. */
export function factsOf(article, { id, approved_at: approvedAt }, { weight, pictures }) {
  const { author = `post ${id}`, source = "", reposts = "0" } = article.dataset;
  const text = article.querySelector(".post__text");
  const warning = article.querySelector(".post__warning")?.textContent ?? "";
  const read = `${warning} ${textOf(text)}`;
  return {
    id,
    author,
    network: source,
    weight,
    dwell: dwell({ words: wordCount(read), pictures, languages: isMixed(textOf(text, "a, .tag, .mention")) ? 2 : 1 }),
    terms: new Set(words(textOf(text, "a, .tag, .mention")).slice(0, COMPARED)),
    reposts: Number(reposts),
    pinned: "pinned" in article.dataset,
    staff: source === STAFF,
    approvedAt: Date.parse(approvedAt) || undefined,
  };
}

/** The text of an element, its lines apart, without what some parts of it say. */
function textOf(element, without = null) {
  if (!element) return "";
  const nodes = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const parts = [];
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (!without || !node.parentElement.closest(without)) parts.push(node.data);
  }
  return parts.join(" ");
}
