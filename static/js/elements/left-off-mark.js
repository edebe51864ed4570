// “You were here”: a line above the newest post that a reader saw the last time, and a way to it from the top.

import { _, ngettext } from "../models/gettext.js";


/** Mark in a <live-posts> where its reader was, and keep where they are as they go. */
export function markPlace(posts, leftOff, now = () => Date.now()) {
  const found = leftOff.mark(placesOf(posts), now());
  if (found) show(posts, found);
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leftOff.leave(placesOf(posts)[0], now());
  });
}

function placesOf(posts) {
  const articles = [...posts.querySelectorAll(".posts__list > article.post")];
  return articles.map(({ dataset }) => ({ id: dataset.id, at: dataset.postedAt }));
}

function show(posts, { before, missed, all }) {
  const line = document.createElement("p");
  line.className = "left-off";
  line.id = "left-off";
  line.textContent = _("You were here");
  const way = document.createElement("p");
  way.className = "left-off__way";
  const words = document.createElement("span");
  words.textContent = all
    ? ngettext("%(num)s new post since you were here.", "%(num)s new posts since you were here.", missed)
    : ngettext("More than %(num)s new post since you were here.", "More than %(num)s new posts since you were here.", missed);
  way.append(words, " ");
  const article = before && posts.querySelector(`#post-${CSS.escape(before)}`);
  if (article) {
    article.before(line);
    const link = document.createElement("a");
    Object.assign(link, { href: "#left-off", textContent: _("Go to where you were") });
    way.append(link);
  }
  posts.before(way);
}
