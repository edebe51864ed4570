// Pictures that are fetched only once their reader taps them. Faces are not fetched at all.

import { _ } from "../models/gettext.js";

/** Dress a post before it comes into the page: nothing of it is fetched by itself. */
export function savePictures(article) {
  for (const image of article.querySelectorAll("img")) {
    const address = image.getAttribute("src");
    if (address !== null) {
      image.dataset.src = address;
      image.removeAttribute("src");
    }
    if (image.closest(".post__avatar")) image.remove();
  }
  for (const link of article.querySelectorAll(".post__picture > a")) offer(link);
}

function offer(link) {
  const image = link.querySelector("img");
  if (!image || link.dataset.saved !== undefined) return;
  link.dataset.saved = "";
  const words = document.createElement("span");
  words.className = "post__tap";
  words.textContent = image.alt ? _("Show the picture: %(description)s", { description: image.alt }) : _("Show the picture");
  link.append(words);
  link.addEventListener("click", (event) => {
    if (image.hasAttribute("src")) return; // it is here: the link leads to the large one
    event.preventDefault();
    image.src = image.dataset.src;
    words.remove();
  });
}
