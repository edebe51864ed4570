// Makes a post ready to hang: pictures fetched, folded parts opened, its shape known.

import { factsOf } from "./facts.js";
import { element } from "./fragment.js";
import { askKept, decoded } from "./kept-picture.js";

const LONG = 170; // characters; more than this reads better in a tall card
const CAPTION = 60; // characters that still fit under a picture in a short card
const PICTURE_PATIENCE_MS = 4_000;

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

/** Wait until a poster's pictures can be painted, but not for long. */
export function painted(article) {
  const pictures = [...article.querySelectorAll("img")].map(decoded);
  const patience = new Promise((resolve) => setTimeout(resolve, PICTURE_PATIENCE_MS));
  return Promise.race([Promise.all(pictures), patience]);
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
