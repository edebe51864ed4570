// Sets text as large as its box takes.

const STEPS = [10, 8.4, 7, 6.2, 5.5, 4.9, 4.4, 4, 3.7, 3.4, 3.2, 3]; // in hundredths of the picture's shorter side
const POSTER_FROM = 5.5;
const WHOLE_WORDS_FROM = 4; // above this a word is never broken
const LARGEST_IN_A_CELL = 8.4;
const TALL_SCRIPT = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Bengali}\p{Script=Tamil}]/u;
const WIDE_CELL = 0.55; // of the picture's width

/** Give a post's text the largest step that fits its card; at the smallest, cut what is too long with an ellipsis. */
export function fitPost(card) {
  const text = card.querySelector(".post__text");
  if (!text) return;
  delete text.dataset.clamped;
  text.style.removeProperty("--lines");
  text.dataset.script = TALL_SCRIPT.test(text.textContent) ? "tall" : "common";
  const wide = card.clientWidth > innerWidth * WIDE_CELL && card.clientHeight > innerHeight / 2;
  const steps = wide ? STEPS : STEPS.filter((step) => step <= LARGEST_IN_A_CELL);
  if (!steps.some((step) => takes(text, step))) clamp(text);
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

function takes(text, step) {
  text.style.fontSize = `calc(${step} * var(--unit))`;
  text.style.overflowWrap = step >= WHOLE_WORDS_FROM ? "normal" : "";
  text.dataset.size = step >= POSTER_FROM ? "poster" : "text";
  return text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1;
}

function clamp(text) {
  const style = getComputedStyle(text);
  const room = text.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const lines = Math.floor(room / parseFloat(style.lineHeight));
  text.style.setProperty("--lines", String(Math.max(1, lines)));
  text.dataset.clamped = "";
}
