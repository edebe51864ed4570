// Muting authors for oneself: a button under each post, a list at the foot of the page, and a way back at once.

import { actsOf, actButton } from "../helpers/acts.js";
import { _ } from "../models/gettext.js";

/** Have a <live-posts> leave out the posts of muted authors; `say` is told what was done, with a way back. */
export function muting(posts, muted, { list, say }) {
  posts.dress((article) => {
    const { author: key } = article.dataset;
    if (!key) return;
    article.hidden = muted.has(key);
    const row = actsOf(article);
    if (row.querySelector(".mute")) return;
    const name = article.querySelector(".post__author").textContent;
    const button = actButton("mute", _("Mute"), _("Mute %(name)s, in this browser only", { name }));
    button.addEventListener("click", () => mute({ key, name }, article));
    row.append(button);
  });
  tell();

  function mute(author, article) {
    const next = [...posts.querySelectorAll("article.post")].find((other) => follows(article, other) && other.dataset.author !== author.key);
    muted.mute(author);
    posts.dressAgain();
    tell();
    (next?.querySelector("a") ?? list.querySelector("summary"))?.focus({ preventScroll: true });
    say(_("You no longer see posts by %(name)s.", { name: author.name }), { words: _("Undo"), act: () => unmute(author.key) });
  }

  function unmute(key) {
    muted.unmute(key);
    posts.dressAgain();
    tell();
  }

  function tell() {
    const authors = muted.all;
    list.hidden = authors.length === 0;
    list.querySelector("ul").replaceChildren(
      ...authors.map(({ key, name }) => {
        const [row, who, back] = ["li", "bdi", "button"].map((kind) => document.createElement(kind));
        who.textContent = name;
        Object.assign(back, { type: "button", className: "button button--small", textContent: _("Unmute"), ariaLabel: _("Unmute %(name)s", { name }) });
        back.addEventListener("click", () => {
          unmute(key);
          (list.querySelector("button") ?? document.querySelector("[data-pause]"))?.focus();
        });
        row.append(who, " ", back);
        return row;
      }),
    );
  }
}

function follows(article, other) {
  return Boolean(article.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
}
