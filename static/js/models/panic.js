// What the desk says of panic, in words. Pure: what the server told in, sentences out.

import { _, ngettext } from "./gettext.js";
import { isolated, number } from "./language.js";
import { modeName } from "./modes.js";
import { duration } from "./words.js";

const CURTAINS = {
  frozen: _("Screens are frozen."),
  blank: _("Screens are blank."),
  pinned: _("Screens are showing pinned posts only."),
};

/** What each choice does, and the question before it: {title, words, yes}. `screens` is how many are known. */
export function question(choice, { screens = 0, author = null, curtain = "open" } = {}) {
  return QUESTIONS[choice]({ screens, name: author && isolated(author.name), isBlank: curtain === "blank" });
}

const QUESTIONS = {
  frozen: ({ screens, isBlank }) => ({
    title: bySize(screens, [
      _("Freeze every screen?"),
      _("Freeze the screen?"),
      _("Freeze both screens?"),
      ngettext("Freeze all %(num)s screens?", "Freeze all %(num)s screens?", screens),
    ]),
    words: isBlank
      ? _("They keep what they show, and nothing new comes up. The wall comes back first, as it stands now. What is removed still goes.")
      : _("They keep what they show, and nothing new comes up. What is removed still goes."),
    yes: _("Freeze"),
  }),
  blank: ({ screens }) => ({
    title: bySize(screens, [
      _("Blank every screen?"),
      _("Blank the screen?"),
      _("Blank both screens?"),
      ngettext("Blank all %(num)s screens?", "Blank all %(num)s screens?", screens),
    ]),
    words: _("They show the event’s title and nothing else."),
    yes: _("Blank"),
  }),
  pinned: ({ screens }) => ({
    title: bySize(screens, [
      _("Only pinned posts on every screen?"),
      _("Only pinned posts on the screen?"),
      _("Only pinned posts on both screens?"),
      ngettext("Only pinned posts on all %(num)s screens?", "Only pinned posts on all %(num)s screens?", screens),
    ]),
    words: _("Everything else leaves the screens."),
    yes: _("Show pinned only"),
  }),
  wait: () => ({
    title: _("Let everything wait?"),
    words: _("No new post goes onto the wall until a moderator approves it, of whomever it is. What is on the wall stays."),
    yes: _("Everything waits"),
  }),
  author: ({ name }) => ({
    title: name ? _("Remove everything of %(name)s?", { name }) : _("Remove everything of this author?"),
    words: name
      ? _("Approved posts leave the wall, waiting ones are rejected, and further posts of %(name)s wait for a moderator.", { name })
      : _("Approved posts leave the wall, waiting ones are rejected, and further posts of this author wait for a moderator."),
    yes: _("Remove everything"),
  }),
  open: ({ screens }) => ({
    title: _("Show the wall again?"),
    words: bySize(screens, [
      _("New posts come up on every screen again."),
      _("New posts come up on the screen again."),
      _("New posts come up on both screens again."),
      ngettext("New posts come up on all %(num)s screens again.", "New posts come up on all %(num)s screens again.", screens),
    ]),
    yes: _("Show the wall"),
  }),
};

/** The words for so many screens, of those for none known, one, two, and more. */
function bySize(screens, words) {
  return words[Math.min(screens, words.length - 1)];
}

/** What holds, loudest first: [{key, act, words, back}], `act` being what undoes it. */
export function alarms({ curtain, restricted, mode }, now) {
  const found = [];
  if (curtain.kind !== "open") {
    found.push({
      key: "curtain",
      words: CURTAINS[curtain.kind],
      by: byline(curtain, now),
      back: _("Show the wall again"),
      act: { act: "draw", curtain: "open", seen: curtain.version },
    });
  }
  const everyone = restricted.find(({ author }) => author === "");
  if (everyone) {
    const differs = everyone.mode && everyone.mode !== mode;
    found.push({
      key: "everyone",
      words: _("Everything waits."),
      by: byline(everyone, now),
      back: differs ? _("Back to “%(mode)s”", { mode: modeName(everyone.mode) }) : _("End this"),
      act: { act: "resume" },
    });
  }
  return found;
}

/** The authors whose further posts wait, whatever the rules say. */
export function restrictedAuthors({ restricted }) {
  return restricted.filter(({ author }) => author !== "");
}

/** Who did something and when: "Mia, since 14:05 (3 min)". */
export function byline({ by, since }, now) {
  const then = new Date(since);
  const clock = `${String(then.getHours()).padStart(2, "0")}:${String(then.getMinutes()).padStart(2, "0")}`;
  return _("%(name)s, since %(time)s (%(duration)s)", { name: isolated(by), time: clock, duration: duration(now - then) });
}

/**
 * What the screens have confirmed: {level, words}, and `early`, the words while it is too soon to call a screen silent. `what` is
 * {removed: how many} or {curtain: kind}; `screens` as the server tells them: {name, painted, after, silent}, times in seconds.
 */
export function proof({ removed, curtain }, screens) {
  const said = PROOFS[curtain ?? (removed > 1 ? "many" : "one")];
  const done = screens.filter(({ painted }) => painted);
  const silent = screens.filter(({ painted }) => !painted);
  if (!screens.length) return { level: "note", words: said.alone({ removed }) };
  const places = { removed, done: done.length, total: screens.length };
  if (!silent.length) {
    const slowest = Math.max(...done.map(({ after }) => after ?? 0));
    return { level: "good", words: said.whole({ ...places, time: seconds(slowest) }) };
  }
  const names = silent.map(({ name, silent: for_ }) =>
    _("%(name)s has not answered for %(time)s.", { name: isolated(name), time: duration(for_ * 1_000) }),
  );
  const part = said.part(places);
  return { level: "bad", words: `${part}. ${names.join(" ")}`, early: `${part} …` };
}

/** What became of an act: where no screen was open, on all screens with the time it took, and on some of them. */
const PROOFS = {
  one: {
    alone: () => _("Removed. No screen was open lately."),
    whole: (of) => ngettext("Removed from %(done)s of %(total)s screen in %(time)s.", "Removed from %(done)s of %(total)s screens in %(time)s.", of.total, of),
    part: (of) => ngettext("Removed from %(done)s of %(total)s screen", "Removed from %(done)s of %(total)s screens", of.total, of),
  },
  many: {
    alone: (of) => ngettext("%(num)s post removed. No screen was open lately.", "%(num)s posts removed. No screen was open lately.", of.removed),
    whole: (of) => ngettext("%(removed)s posts removed from %(done)s of %(total)s screen in %(time)s.", "%(removed)s posts removed from %(done)s of %(total)s screens in %(time)s.", of.total, of),
    part: (of) => ngettext("%(removed)s posts removed from %(done)s of %(total)s screen", "%(removed)s posts removed from %(done)s of %(total)s screens", of.total, of),
  },
  open: {
    alone: () => _("The wall is back. No screen was open lately."),
    whole: (of) => ngettext("The wall is back on %(done)s of %(total)s screen in %(time)s.", "The wall is back on %(done)s of %(total)s screens in %(time)s.", of.total, of),
    part: (of) => ngettext("The wall is back on %(done)s of %(total)s screen", "The wall is back on %(done)s of %(total)s screens", of.total, of),
  },
  frozen: {
    alone: () => _("Frozen. No screen was open lately."),
    whole: (of) => ngettext("Frozen: %(done)s of %(total)s screen in %(time)s.", "Frozen: %(done)s of %(total)s screens in %(time)s.", of.total, of),
    part: (of) => ngettext("Frozen: %(done)s of %(total)s screen", "Frozen: %(done)s of %(total)s screens", of.total, of),
  },
  blank: {
    alone: () => _("Blank. No screen was open lately."),
    whole: (of) => ngettext("Blank: %(done)s of %(total)s screen in %(time)s.", "Blank: %(done)s of %(total)s screens in %(time)s.", of.total, of),
    part: (of) => ngettext("Blank: %(done)s of %(total)s screen", "Blank: %(done)s of %(total)s screens", of.total, of),
  },
  pinned: {
    alone: () => _("Only pinned posts. No screen was open lately."),
    whole: (of) => ngettext("Only pinned posts: %(done)s of %(total)s screen in %(time)s.", "Only pinned posts: %(done)s of %(total)s screens in %(time)s.", of.total, of),
    part: (of) => ngettext("Only pinned posts: %(done)s of %(total)s screen", "Only pinned posts: %(done)s of %(total)s screens", of.total, of),
  },
};

/** Seconds as people say them: "0.2 s", "12 s"; never none. */
export function seconds(value) {
  return _("%(num)s s", { num: value < 9.95 ? number(Math.max(0.1, value), 1) : number(Math.round(value)) });
}

/** How long to wait before asking again, so long after the act, both in milliseconds; null for no more. */
export function pause(since) {
  if (since < 1_000) return 150;
  if (since < 5_000) return 500;
  if (since < 60_000) return 2_000;
  return since < 3_600_000 ? 10_000 : null;
}
