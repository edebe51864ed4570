// Sets text as large as its box takes, and never smaller than the room can read.

import { largestOf, setting, sizes } from "../models/type-size.js";

const TALL_SCRIPT = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Bengali}\p{Script=Tamil}]/u;
const WIDE_CELL = 80; // units; a card this wide, and half as high as the picture, may be a poster

/** Give a post's text the largest size that fits its card; at the smallest, cut what is too long with an ellipsis. */
export function fitPost(card) {
  const text = card.querySelector(".post__text");
  if (!text) return;
  delete text.dataset.clamped;
  text.style.removeProperty("--lines");
  const words = text.textContent;
  text.dataset.script = TALL_SCRIPT.test(words) ? "tall" : "common";
  const style = getComputedStyle(card);
  const unit = parseFloat(style.getPropertyValue("--unit"));
  const choice = {
    least: Math.max(...["--type", "--type-least"].map((name) => parseFloat(style.getPropertyValue(name)))),
    most: parseFloat(style.getPropertyValue("--type-most")) || Infinity,
    unit,
    room: roomFor(text, card),
    length: [...words].length,
    tall: card.clientHeight > card.clientWidth && !card.querySelector(".post__media"),
    wide: card.clientWidth > unit * WIDE_CELL && card.clientHeight > innerHeight / 2,
  };
  const size = largestOf(sizes(choice), (one) => takes(text, one, choice));
  if (!takes(text, size, choice)) clamp(text);
}

/** Shrink a line, such as a hashtag, until it fits its box in one line; grow it back first. */
export function fitLine(element) {
  element.style.fontSize = "";
  element.style.whiteSpace = "nowrap";
  const wanted = element.scrollWidth;
  const room = element.parentElement.clientWidth;
  if (wanted > room) {
    const size = parseFloat(getComputedStyle(element).fontSize);
    element.style.fontSize = `${Math.floor((size * room * 10) / wanted) / 10}px`;
  }
}

/** The width that a line may have, whatever the size of the text makes of it just now. */
function roomFor(text, card) {
  text.style.fontSize = `${card.clientWidth}px`;
  return text.clientWidth;
}

function takes(text, size, choice) {
  const { poster, whole } = setting(size, choice);
  text.style.fontSize = `${size}px`;
  text.style.overflowWrap = whole ? "normal" : "";
  text.dataset.size = poster ? "poster" : "text";
  return text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1;
}

function clamp(text) {
  const style = getComputedStyle(text);
  const room = text.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const lines = Math.floor(room / parseFloat(style.lineHeight));
  text.style.setProperty("--lines", String(Math.max(1, lines)));
  text.dataset.clamped = "";
}
