// Every key of the desk, and what it does. The help that `?` opens lists the same; a test compares the two.

const OPPOSITE = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft", "←": "→", "→": "←" };

const EVERYWHERE = {
  u: { act: "undo" },
  m: { act: "mine" },
  "!": { act: "panic" },
  g: { act: "stage" },
  b: { act: "bring" },
  q: { act: "quote" },
  v: { act: "ask" },
  ".": { act: "answer" },
  z: { act: "story" },
  "?": { act: "help" },
  "/": { act: "search" },
  f: { act: "filters" },
  x: { act: "select" },
  "⇧x": { act: "select-all" },
  "⇧ArrowDown": { act: "select-next", repeats: true },
  "⇧ArrowUp": { act: "select-previous", repeats: true },
  a: { act: "by-author" },
  l: { act: "alike" },
  d: { act: "part" },
  h: { act: "thread" },
  Escape: { act: "escape" },
  c: { act: "note" },
  e: { act: "describe" },
  j: { act: "next", repeats: true },
  k: { act: "previous", repeats: true },
};

/** On the page of the posts that wait. */
export const QUEUE_KEYS = {
  y: { act: "approve" },
  n: { act: "reject" },
  "⇧n": { act: "reason" },
  i: { act: "refuse-picture" },
  p: { act: "pin" },
  s: { act: "stash" },
  t: { act: "trust" },
  r: { act: "reveal" },
  ...EVERYWHERE,
  ArrowDown: { act: "down", repeats: true },
  ArrowRight: { act: "down", repeats: true },
  ArrowUp: { act: "up", repeats: true },
  ArrowLeft: { act: "up", repeats: true },
};

/** On the pages of the posts that are decided. */
export const DECIDED_KEYS = {
  y: { act: "approve" },
  n: { act: "remove" },
  "⇧n": { act: "reason" },
  i: { act: "refuse-picture" },
  p: { act: "pin" },
  o: { act: "overlay" },
  w: { act: "show-now" },
  r: { act: "reveal" },
  ...EVERYWHERE,
  ArrowDown: { act: "next", repeats: true },
  ArrowUp: { act: "previous", repeats: true },
};

/** In the list of one's own decisions. */
export const MINE_KEYS = {
  u: { act: "mine-undo" },
  j: { act: "mine-next", repeats: true },
  k: { act: "mine-previous", repeats: true },
  ArrowDown: { act: "mine-next", repeats: true },
  ArrowUp: { act: "mine-previous", repeats: true },
  m: { act: "mine-close" },
};

/** On the remote control. */
export const REMOTE_KEYS = {
  ArrowRight: { act: "next", repeats: true },
  ArrowLeft: { act: "back", repeats: true },
  h: { act: "hold" },
  s: { act: "show" },
  f: { act: "freeze" },
  b: { act: "blank" },
  n: { act: "normal" },
  i: { act: "identify" },
  r: { act: "reload" },
  j: { act: "screen-next", repeats: true },
  ArrowDown: { act: "screen-next", repeats: true },
  k: { act: "screen-previous", repeats: true },
  ArrowUp: { act: "screen-previous", repeats: true },
  a: { act: "all" },
  "?": { act: "help" },
};

/** What `key`, or the sign for it, means in a page of this direction: the arrow onward is the one that points there. */
export const onward = (key, direction) => (direction === "rtl" && OPPOSITE[key]) || key;
