// What the desk says of panic, in words. Pure: what the server told in, sentences out.

import { duration } from "./words.js";

const NAMES = { frozen: "frozen", blank: "blank", pinned: "showing pinned posts only" };
const DRAWN = { open: "The wall is back on", frozen: "Frozen:", blank: "Blank:", pinned: "Only pinned posts:" };

/** What each choice does, and the question before it: {title, words, yes}. `screens` is how many are known. */
export function question(choice, { screens = 0, author = null, curtain = "open" } = {}) {
  const all = { 0: "every screen", 1: "the screen", 2: "both screens" }[screens] ?? `all ${screens} screens`;
  const who = author ? `\u2068${author.name}\u2069` : "this author";
  const back = curtain === "blank" ? " The wall comes back first, as it stands now." : "";
  return {
    frozen: {
      title: `Freeze ${all}?`,
      words: `They keep what they show, and nothing new comes up.${back} What is removed still goes.`,
      yes: "Freeze",
    },
    blank: { title: `Blank ${all}?`, words: "They show the event’s title and nothing else.", yes: "Blank" },
    pinned: { title: `Only pinned posts on ${all}?`, words: "Everything else leaves the screens.", yes: "Show pinned only" },
    wait: {
      title: "Let everything wait?",
      words: "No new post goes onto the wall until a moderator approves it, of whomever it is. What is on the wall stays.",
      yes: "Everything waits",
    },
    author: {
      title: `Remove everything of ${who}?`,
      words: `Approved posts leave the wall, waiting ones are rejected, and further posts of ${who} wait for a moderator.`,
      yes: "Remove everything",
    },
    open: { title: "Show the wall again?", words: `New posts come up on ${all} again.`, yes: "Show the wall" },
  }[choice];
}

/** What holds, loudest first: [{key, act, words, back}], `act` being what undoes it. */
export function alarms({ curtain, restricted, mode }, now) {
  const found = [];
  if (curtain.kind !== "open") {
    found.push({
      key: "curtain",
      words: `Screens are ${NAMES[curtain.kind]}.`,
      by: byline(curtain, now),
      back: "Show the wall again",
      act: { act: "draw", curtain: "open", seen: curtain.version },
    });
  }
  const everyone = restricted.find(({ author }) => author === "");
  if (everyone) {
    const before = everyone.mode && everyone.mode !== mode ? `Back to “${everyone.mode}”` : "End this";
    found.push({
      key: "everyone",
      words: "Everything waits.",
      by: byline(everyone, now),
      back: before,
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
  return `\u2068${by}\u2069, since ${clock} (${duration(now - then)})`;
}

/**
 * What the screens have confirmed: {level, words}. `what` is {removed: how many} or {curtain: kind}; `screens` as the
 * server tells them: {name, painted, after, silent}, times in seconds.
 */
export function proof(what, screens) {
  const done = screens.filter(({ painted }) => painted);
  const silent = screens.filter(({ painted }) => !painted);
  if (!screens.length) return { level: "note", words: `${alone(what)} No screen was open lately.` };
  const head = `${lead(what)} ${done.length} of ${screens.length} ${screens.length === 1 ? "screen" : "screens"}`;
  if (!silent.length) {
    const slowest = Math.max(...done.map(({ after }) => after ?? 0));
    return { level: "good", words: `${head} in ${seconds(slowest)}.` };
  }
  const names = silent.map(({ name, silent: for_ }) => `\u2068${name}\u2069 has not answered for ${duration(for_ * 1_000)}.`);
  return { level: "bad", words: `${head}. ${names.join(" ")}` };
}

function lead({ removed, curtain }) {
  if (curtain) return DRAWN[curtain];
  return removed > 1 ? `${removed} posts removed from` : "Removed from";
}

function alone({ removed, curtain }) {
  if (curtain) return `${DRAWN[curtain].replace(/:$/, "").replace(/ on$/, "")}.`;
  return removed > 1 ? `${removed} posts removed.` : "Removed.";
}

/** Seconds as people say them: "0.2 s", "12 s"; never none. */
export function seconds(value) {
  return value < 9.95 ? `${Math.max(0.1, value).toFixed(1)} s` : `${Math.round(value)} s`;
}

/** How long to wait before asking again, so long after the act, both in milliseconds; null for no more. */
export function pause(since) {
  if (since < 1_000) return 150;
  if (since < 5_000) return 500;
  if (since < 60_000) return 2_000;
  return since < 3_600_000 ? 10_000 : null;
}
