// A video or recording of a post, played in the page once somebody presses play, and not a byte of it sooner.

import { _ } from "../models/gettext.js";

const KINDS = ["video", "audio"];

/** Let links to videos and recordings play here. Pressed with a modifier, they open where they are. */
export function playOnPress(root) {
  root.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-play]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || !KINDS.includes(link.dataset.play)) return;
    event.preventDefault();
    play(link);
  });
}

function play(link) {
  const film = document.createElement(link.dataset.play);
  film.className = "post__film";
  film.controls = true;
  film.autoplay = true;
  film.playsInline = true;
  film.addEventListener("error", () => giveUp(film, link), { once: true });
  film.src = link.href;
  link.replaceWith(film);
  film.focus();
}

/** What a browser or that server refuses to play here may play there. */
function giveUp(film, link) {
  link.removeAttribute("data-play");
  link.textContent = _("It does not play here. Open it at %(host)s", { host: new URL(link.href).hostname });
  film.replaceWith(link);
}
