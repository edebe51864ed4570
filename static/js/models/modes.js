// The modes in words. Pure: values in, sentences out.

import { _ } from "./gettext.js";
import { isolated } from "./language.js";

const NAMES = {
  "everything waits": _("everything waits"),
  "trusted go through": _("trusted go through"),
  "hold the suspicious": _("hold the suspicious"),
  "open with delay": _("open with delay"),
};

/** What a mode is called within a sentence. */
export function modeName(mode) {
  return NAMES[mode] ?? mode;
}

/** Until when a mode holds, and who chose it or the session it is for; empty when nothing of it is known. */
export function holdingWords({ until_words: time, by, session }) {
  const name = isolated(by);
  if (by && time) return _("chosen by %(name)s, until %(time)s, then as planned", { name, time });
  if (by) return _("chosen by %(name)s", { name });
  if (session && time) return _("for “%(session)s”, until %(time)s, then as planned", { session: isolated(session), time });
  if (session) return _("for “%(session)s”", { session: isolated(session) });
  return time ? _("until %(time)s, then as planned", { time }) : "";
}

/** What to say when the mode became another: who chose it, if somebody did, and until when it holds. */
export function changedWords({ by, until_words: time, mode }) {
  const [name, now] = [isolated(by), modeName(mode)];
  if (by && time) return _("%(name)s changed the mode. From now on, until %(time)s: %(mode)s.", { name, time, mode: now });
  if (by) return _("%(name)s changed the mode. From now on: %(mode)s.", { name, mode: now });
  if (time) return _("The mode changed. From now on, until %(time)s: %(mode)s.", { time, mode: now });
  return _("The mode changed. From now on: %(mode)s.", { mode: now });
}

/** What to say of a mode that was chosen here. */
export function chosenWords({ until_words: time, mode }) {
  return time
    ? _("Until %(time)s: %(mode)s.", { time, mode: modeName(mode) })
    : _("From now on: %(mode)s.", { mode: modeName(mode) });
}

/** What becomes of a delayed post, `left` milliseconds before its time; `open` says whether the mode still lets it go. */
export function dueWords(left, open) {
  if (!open) return _("Stopped: it waits for you");
  if (left <= 0) return _("Going on the wall");
  return _("On the wall in %(seconds)s s", { seconds: Math.ceil(left / 1_000) });
}
