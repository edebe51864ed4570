// How long it still is until a time, in the digits of a clock. Pure.

import { ngettext } from "./gettext.js";

const SECOND = 1000;
const AFTER_MS = 20; // beyond the change of a second, so that no tick comes a moment too early

/** Return {words, over, wait} for so many ms to go: the digits, whether the time has come, and when to look again. */
export function left(ms) {
  if (!(ms > 0)) return { words: "0:00", over: true, wait: SECOND };
  const seconds = Math.ceil(ms / SECOND);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const days = Math.floor(hours / 24);
  const wait = (ms % SECOND || SECOND) + AFTER_MS;
  if (days > 1) return { words: ngettext("%(num)s day", "%(num)s days", days), over: false, wait: Math.min(wait, 60 * SECOND) };
  const clock = [...(hours ? [hours, two(minutes)] : [minutes]), two(seconds % 60)].join(":");
  return { words: clock, over: false, wait };
}

function two(number) {
  return String(number).padStart(2, "0");
}
