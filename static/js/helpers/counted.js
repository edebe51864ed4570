// What others did to a post: changed where it is shown, without showing the post anew.

import { element } from "./fragment.js";

const COUNTS = ["reposts", "replies"];
const COUNTED = {
  // by what tells of it, where it stands
  ".post__reposts": [".post__foot", "prepend"],
  ".post__reactions": [".post__foot", "prepend"],
  ".post__answers": [".post__who", "append"],
  ".post__reply": [".post__foot", "append"],
  ".post__replies": [".post__foot", "append"],
  ".post__answer": [".post__foot", "before"],
};

/** Tell whether two forms of a post, as fragments, differ in nothing but what others did: reposts, reactions, replies, whom it answers, the wall's answer. */
export function differInCount(...fragments) {
  const [one, other] = fragments.map((html) => element(html));
  if (one.isEqualNode(other)) return false;
  for (const article of [one, other]) {
    for (const name of COUNTS) delete article.dataset[name];
    for (const part of article.querySelectorAll(Object.keys(COUNTED).join())) part.remove();
    for (const text of blanks(article)) text.remove();
  }
  return one.isEqualNode(other);
}

/** Give a shown post what another form of the same post says of what others did; nothing else of it moves. */
export function recount(article, { element: newer }) {
  for (const name of COUNTS) article.dataset[name] = newer.dataset[name] ?? "0";
  for (const [part, [place, side]] of Object.entries(COUNTED)) {
    article.querySelector(part)?.remove();
    const found = newer.querySelector(part);
    if (found) article.querySelector(place)[side](document.adoptNode(found));
  }
}

function blanks(article) {
  const found = [];
  for (const place of article.querySelectorAll(".post__foot, .post__who")) {
    const nodes = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) if (nodes.currentNode.data.trim() === "") found.push(nodes.currentNode);
  }
  for (const node of article.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node);
  return found;
}
