// Times as people say them, in the reader's own zone.

import { _ } from "../models/gettext.js";

const STEPS = [
  { unit: "second", seconds: 1, below: 60 },
  { unit: "minute", seconds: 60, below: 3_600 },
  { unit: "hour", seconds: 3_600, below: 86_400 },
  { unit: "day", seconds: 86_400, below: 6 * 86_400 },
];
const JUST_NOW_SECONDS = 30;

/** Say how long ago `then` was, or its date when that was days ago. Both are milliseconds; a future time is now. */
export function ago(then, now, language = undefined) {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < JUST_NOW_SECONDS) return _("just now");
  const step = STEPS.find(({ below }) => seconds < below);
  if (!step) return new Date(then).toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always", style: "long" });
  return format.format(-Math.floor(seconds / step.seconds), step.unit);
}

/** Put every <time> under `root` in words, with the exact local time as its title. */
export function tellTimes(root, now) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const then = Date.parse(element.dateTime);
    if (Number.isNaN(then)) continue;
    const words = ago(then, now, document.documentElement.lang);
    if (element.textContent !== words) element.textContent = words;
    element.title = new Date(then).toLocaleString(document.documentElement.lang || undefined);
  }
}
