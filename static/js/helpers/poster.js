// Makes a post ready to hang: pictures fetched, folded parts opened, its shape known.

import { factsOf } from "./facts.js";
import { element } from "./fragment.js";
import { askKept, decoded } from "./kept-picture.js";

const LONG = 170; // characters; more than this reads better in a tall card
const CAPTION = 60; // characters that still fit under a picture in a short card
const PICTURE_PATIENCE_MS = 4_000;
const COUNTS = ["reposts", "replies"];
const COUNTED = {
  // by what tells of it, where it stands
  ".post__reposts": [".post__foot", "prepend"],
  ".post__answers": [".post__who", "append"],
  ".post__reply": [".post__foot", "append"],
  ".post__replies": [".post__foot", "append"],
  ".post__answer": [".post__foot", "before"],
};

/**
 * Return {element, facts} for a post of the feed, or null when it leaves nothing to show; `codes` lets codes be shown.
 * Nothing is fetched before `hung` takes the element into the page.
 */
export function poster(post, { codes = false } = {}) {
  const article = element(post.html);
  if (!article) return null;
  open(article);
  for (const play of article.querySelectorAll(".post__play")) play.remove();
  if (!codes) for (const figure of article.querySelectorAll("[data-code]")) withoutFigure(figure);
  const pictures = [...article.querySelectorAll(".post__picture img")];
  const length = Number(article.dataset.length);
  if (length === 0 && pictures.length === 0) return null;
  const shape = shapeOf(pictures[0], length);
  article.dataset.shape = shape;
  const [{ width, height } = {}] = pictures;
  if (pictures.length === 1 && width && height) article.style.setProperty("--aspect", String(width / height));
  for (const picture of pictures) picture.src = picture.closest("a").href; // a hall wants the large one
  for (const image of article.querySelectorAll("img")) {
    image.loading = "eager";
    image.addEventListener("error", () => askKept(image) || withoutPicture(image));
  }
  const tall = length > LONG || shape === "tall" || (pictures.length > 0 && length > CAPTION);
  return { element: article, facts: factsOf(article, post, { weight: tall ? 2 : 1, pictures: pictures.length }) };
}

/** Take a poster into the page, where its pictures begin to load. */
export function hung({ element: article }) {
  return document.adoptNode(article);
}

/** Tell whether two forms of a post, as fragments, differ in nothing but what others did: reposts, replies, whom it answers, the wall's answer. */
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

/** Give a poster what another form of the same post says of what others did; nothing else of it moves. */
export function recount(article, { element: newer }) {
  for (const name of COUNTS) article.dataset[name] = newer.dataset[name] ?? "0";
  for (const [part, [place, side]] of Object.entries(COUNTED)) {
    article.querySelector(part)?.remove();
    const found = newer.querySelector(part);
    if (found) article.querySelector(place)[side](document.adoptNode(found));
  }
}

/** Wait until a poster's pictures can be painted, but not for long. */
export function painted(article) {
  const pictures = [...article.querySelectorAll("img")].map(decoded);
  const patience = new Promise((resolve) => setTimeout(resolve, PICTURE_PATIENCE_MS));
  return Promise.race([Promise.all(pictures), patience]);
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

/** A screen has no hand to unfold a warned post; a moderator has looked at it, so its warning stands above it. */
function open(article) {
  const details = article.querySelector("details");
  if (!details) return;
  const warning = document.createElement("p");
  warning.className = "post__warning";
  warning.append(...details.querySelector("summary").childNodes);
  details.querySelector("summary").remove();
  details.replaceWith(warning, ...details.childNodes);
}

function shapeOf(picture, length) {
  if (!picture) return "words";
  if (length === 0) return "silent";
  return picture.height > picture.width * 1.1 ? "tall" : "wide";
}

function withoutPicture(image) {
  const figure = image.closest(".post__picture");
  if (!figure) {
    image.replaceWith(document.createTextNode(image.alt));
    return;
  }
  withoutFigure(figure);
}

function withoutFigure(figure) {
  const media = figure.parentElement;
  figure.remove();
  if (media) media.dataset.count = String(media.childElementCount);
  if (!media || media.childElementCount > 0) return;
  media.closest(".post")?.classList.remove("post--pictured");
  media.remove();
}
