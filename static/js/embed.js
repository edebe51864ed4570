// The page inside another site's frame: the live column, and its height told to whoever frames it.

import { follow } from "./elements/live-column.js";
import "./elements/live-posts.js";

const posts = document.querySelector("live-posts");
const content = document.querySelector(".embed__content");

document.querySelector("[data-tools]").hidden = false;
follow(posts, { refused: takenBack });
new ResizeObserver(tellHeight).observe(content);
tellHeight();

/** Nothing but a number leaves the frame, so whoever frames it may hear it. */
function tellHeight() {
  if (parent === window) return;
  parent.postMessage({ type: "backchannel-wall", height: Math.ceil(content.getBoundingClientRect().height) }, "*");
}

/** This widget may show the event no more: nothing of it stays here. */
function takenBack() {
  for (const part of document.querySelectorAll("live-posts, .live__bar, .empty, [data-tools]")) part.remove();
  document.querySelector(".embed__gone").hidden = false;
}
