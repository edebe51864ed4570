// The sessions that are on now, kept true while the page is open, and those that this reader follows: they come first, and
// what belongs to them is marked.

import { onNow } from "../models/around.js";
import { isOf } from "../models/excerpt.js";
import { _ } from "../models/gettext.js";

const EVERY_MS = 20_000;

/** Have the page follow sessions; `posts` is its <live-posts>, if it has one. */
export function followSessions(followed, posts) {
  const list = document.querySelector("[data-around]");
  const rows = [...(list?.querySelectorAll("[data-span]") ?? [])].map((row) => ({ row, id: row.dataset.session, ...JSON.parse(row.dataset.span) }));
  for (const button of document.querySelectorAll("[data-follow], .around__follow")) {
    const id = button.dataset.follow ?? button.closest("[data-session]").dataset.session;
    button.hidden = false;
    button.addEventListener("click", () => {
      followed.toggle(id);
      draw();
    });
  }
  posts?.dress((article) => {
    const post = postOf(article);
    article.classList.toggle("post--followed", rows.some((one) => followed.has(one.id) && isOf(one, post)));
  });
  draw();
  if (rows.length > 0) setInterval(draw, EVERY_MS);

  function draw() {
    const on = onNow(rows, followed, Date.now());
    for (const { row, id } of rows) row.hidden = !on.includes(id);
    if (list) list.hidden = on.length === 0;
    const shown = rows.map(({ row }) => row).filter((row) => !row.hidden).map((row) => row.dataset.session);
    if (shown.join("\n") !== on.join("\n")) arrange(on);
    for (const button of document.querySelectorAll("[data-follow], .around__follow")) {
      const id = button.dataset.follow ?? button.closest("[data-session]").dataset.session;
      button.ariaPressed = String(followed.has(id));
      button.firstChild.data = followed.has(id) ? _("Following") : button.dataset.follow ? _("Follow this session") : _("Follow");
    }
    posts?.dressAgain();
  }

  function arrange(on) {
    const focused = document.activeElement;
    const places = on.map((id) => rows.find((one) => one.id === id).row);
    list.querySelector("ul").prepend(...places);
    if (list.contains(focused)) focused.focus({ preventScroll: true });
  }
}

/** What is asked of a post before it is said to belong to an excerpt. */
export function postOf(article) {
  return {
    network: article.dataset.source,
    pictured: article.matches(".post--pictured"),
    at: Date.parse(article.dataset.postedAt),
    text: article.querySelector(".post__text")?.textContent ?? "",
  };
}
