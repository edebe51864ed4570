// What pictures a post of the feed has that may be shown by themselves.

import { element } from "./fragment.js";

const known = new WeakMap(); // post → {pictures: [{code, src}], isWarned}

/** Return the pictures of a post without its words: none of one with a warning, and no codes unless `codes` lets them. */
export function picturesOf(post, { codes = false } = {}) {
  if (!known.has(post)) known.set(post, read(post));
  const { pictures, isWarned } = known.get(post);
  return isWarned ? [] : pictures.filter(({ code }) => codes || !code);
}

function read({ html }) {
  const article = element(html);
  const figures = [...(article?.querySelectorAll(".post__picture") ?? [])];
  return {
    pictures: figures.map((figure) => ({
      code: "code" in figure.dataset,
      src: figure.querySelector("img")?.getAttribute("src") ?? "",
    })),
    isWarned: Boolean(article?.querySelector(".post__warning")),
  };
}
