// What the remote control says of screens, in words. Pure: what the server told in, sentences out. Times are ms.

import { _, ngettext } from "./gettext.js";
import { isolated, listed } from "./language.js";
import { byline, seconds } from "./panic.js";
import { ago, duration } from "./words.js";

const PROMPT_MS = 3_000; // a screen that takes longer is named
const LATELY_MS = 30_000; // so long it is said how quickly a screen did something
const SILENT_S = 25; // a screen speaks every ten seconds
const BEHIND_S = 15;
const ROADS = { websocket: _("live"), sse: _("live (events)"), polling: _("polling") };

/** What a screen shows that was told to, or whether it holds: alone, beneath what is frozen, and beneath what is blank. */
const HOLDS = {
  none: { open: () => "", frozen: () => _("Frozen"), blank: () => _("Blank") },
  held: {
    open: () => _("Held"),
    frozen: () => _("Frozen, then held"),
    blank: () => _("Blank, then held"),
  },
  heldScene: {
    open: (of) => _("Held on %(scene)s", of),
    frozen: (of) => _("Frozen, then held on %(scene)s", of),
    blank: (of) => _("Blank, then held on %(scene)s", of),
  },
  heldPost: {
    open: (of) => _("Held on a post by %(name)s", of),
    frozen: (of) => _("Frozen, then held on a post by %(name)s", of),
    blank: (of) => _("Blank, then held on a post by %(name)s", of),
  },
  heldGone: {
    open: () => _("Held on a post that has left the wall"),
    frozen: () => _("Frozen, then held on a post that has left the wall"),
    blank: () => _("Blank, then held on a post that has left the wall"),
  },
  scene: {
    open: (of) => _("Shows %(scene)s now", of),
    frozen: (of) => _("Frozen, then shows %(scene)s now", of),
    blank: (of) => _("Blank, then shows %(scene)s now", of),
  },
  post: {
    open: (of) => _("Shows a post by %(name)s now", of),
    frozen: (of) => _("Frozen, then shows a post by %(name)s now", of),
    blank: (of) => _("Blank, then shows a post by %(name)s now", of),
  },
  gone: {
    open: () => _("Shows a post that has left the wall now"),
    frozen: () => _("Frozen, then shows a post that has left the wall now"),
    blank: () => _("Blank, then shows a post that has left the wall now"),
  },
};

/** What a screen answers: beside its name, and in a sentence with it. */
const ANSWERS = {
  never: { words: () => _("Never opened"), named: (of) => _("%(name)s is not open.", of) },
  away: { words: (of) => _("Not open; last seen %(ago)s", of), named: (of) => _("%(name)s is not open.", of) },
  asked: { words: () => _("Asked …") },
  silent: {
    words: (of) => _("Has not answered for %(time)s", of),
    named: (of) => _("%(name)s has not answered for %(time)s.", of),
  },
  identify: { words: () => _("Says its name"), named: (of) => _("%(name)s: says its name.", of) },
  reload: { words: () => _("Loaded anew"), named: (of) => _("%(name)s: loaded anew.", of) },
  done: { words: (of) => _("Done in %(time)s", of), named: (of) => _("%(name)s: done in %(time)s.", of) },
  gone: {
    words: (of) => _("Done in %(time)s, but the post has left the wall", of),
    named: (of) => _("%(name)s: done in %(time)s, but the post has left the wall.", of),
  },
  empty: {
    words: (of) => _("Done in %(time)s, but %(scene)s has nothing to show", of),
    named: (of) => _("%(name)s: done in %(time)s, but %(scene)s has nothing to show.", of),
  },
};

/** What a screen was told that still holds, with who and since when; "" when it runs its scenes. */
export function holds({ direction }, now) {
  const { scene, post, held, frozen, blank, by, since } = direction;
  const what = scene ? "scene" : post ? (post.name ? "post" : "gone") : "";
  const shows = held ? { "": "held", scene: "heldScene", post: "heldPost", gone: "heldGone" }[what] : what || "none";
  const words = HOLDS[shows][blank ? "blank" : frozen ? "frozen" : "open"]({ scene, name: isolated(post?.name) });
  return words && _("%(what)s – %(who)s", { what: words, who: byline({ by, since }, now) });
}

/**
 * Whether a screen does what it was told last: {level, words}, level "good", "wait", "bad", "away" or "" for nothing to
 * say, and `after` how many seconds it took where there is no more to say. `now` is the server's.
 */
export function answer(screen, now) {
  const { level, kind, of, after } = stand(screen, now);
  return { level, words: kind ? ANSWERS[kind].words(of) : "", ...(after !== undefined && { after }) };
}

/** The same as the kind of an answer, and what stands in its words. */
function stand(screen, now) {
  const { devices, direction, call, last_seen: seen } = screen;
  if (!devices.length) return seen ? { level: "away", kind: "away", of: { ago: ago(now - Date.parse(seen)) } } : { level: "away", kind: "never" };
  const called = call && Date.parse(call.at) >= Date.parse(direction.since ?? 0) ? call : null;
  const since = Date.parse(called ? called.at : direction.since);
  if (Number.isNaN(since)) return { level: "" };
  const waits = devices.filter(({ told, did }) => !(called ? did : told));
  if (waits.length) return unanswered(called, now - since);
  if (now - since > LATELY_MS) return { level: "" };
  if (called) return { level: "good", kind: called.kind === "identify" ? "identify" : "reload" };
  const slowest = Math.max(...devices.map(({ after }) => after ?? 0));
  const kind = done(screen);
  return { level: "good", kind, of: { time: seconds(slowest), scene: direction.scene }, ...(kind === "done" && { after: slowest }) };
}

function unanswered(called, late) {
  // A screen that loads anew with others is given its time.
  const patience = PROMPT_MS + (called?.kind === "reload" ? called.within * 1000 + 10_000 : 0);
  if (late < patience) return { level: "wait", kind: "asked" };
  if (called && late > LATELY_MS + patience) return { level: "" };
  return { level: "bad", kind: "silent", of: { time: duration(late) } };
}

/** A scene that has nothing to show is passed over, whoever asked for it; a post may have left the wall. */
function done({ direction: { scene, post, blank, frozen }, devices }) {
  if (blank || frozen) return "done";
  if (post && !post.name) return "gone";
  return scene && devices.some((device) => device.scene !== scene) ? "empty" : "done";
}

/** What is seen on a device: {title, words}, under whatever curtain. */
export function sight({ scene, post, posts, curtain }, { direction }) {
  if (curtain === "blank" || direction.blank) return { title: _("Blank"), words: _("The event’s title"), blank: true };
  if (post) return { title: scene || _("One post"), words: `${post.name}: ${post.words}` };
  return { title: scene || _("The wall"), words: posts ? ngettext("%(num)s post", "%(num)s posts", posts) : "" };
}

/** Whether the picture of a device is true: {level, words}. */
export function truth({ behind, silent }) {
  if (silent > SILENT_S) return { level: "bad", words: _("Not heard of for %(time)s", { time: duration(silent * 1000) }) };
  if (behind === null) return { level: "bad", words: _("Its picture is of another history") };
  if (behind > BEHIND_S) return { level: "bad", words: _("Its picture is %(time)s behind", { time: duration(behind * 1000) }) };
  return { level: "good", words: _("Picture is true") };
}

/** The machine of a device, in short: "1920 × 1080", "live", "0.4.1", "heard 3 s ago". */
export function machine({ width, height, road, version, silent }, current) {
  return [
    width && `${width} × ${height}`,
    ROADS[road] ?? _("no connection"),
    version && (version === current ? version : _("%(version)s, not yet %(current)s", { version, current })),
    _("heard %(ago)s", { ago: ago(silent * 1000) }),
  ].filter(Boolean);
}

/** What the curtain over all screens is, or "". */
export function curtained({ kind, by, since }, now) {
  return kind === "open" ? "" : CURTAINED[kind]({ who: byline({ by, since }, now) });
}

const CURTAINED = {
  frozen: (of) => _("All screens are frozen – %(who)s. That stands above what is pressed here.", of),
  blank: (of) => _("All screens are blank – %(who)s. That stands above what is pressed here.", of),
  pinned: (of) => _("All screens are showing pinned posts only – %(who)s. That stands above what is pressed here.", of),
};

/** What became of a press on these screens: {level, words}. `now` is the server's. */
export function verdict({ id }, screens, now) {
  const others = screens.filter(({ direction, call }) => direction.id !== id && call?.id !== id);
  if (others.length === screens.length && screens.length) {
    const { direction } = screens[0];
    const words = direction.by && _("%(name)s pressed something else meanwhile.", { name: isolated(direction.by) });
    return words ? { level: "note", words } : { level: "", words: "" };
  }
  const answers = screens.filter((one) => !others.includes(one)).map((one) => ({ name: isolated(one.name), ...stand(one, now) }));
  const of = (level) => answers.filter((one) => one.level === level);
  if (of("wait").length) return { level: "wait", words: _("%(names)s: asked …", { names: listed(of("wait").map(({ name }) => name)) }) };
  const silent = of("bad").map(named);
  const good = of("good").length > 1 && !others.length ? [several(of("good"), screens)] : of("good").map(named);
  const level = silent.length ? "bad" : good.length ? "good" : "note";
  return { level, words: [...silent, ...good, ...of("away").map(named)].join(" ") };
}

function named({ kind, name, of }) {
  return ANSWERS[kind].named({ name, ...of });
}

/** The answers of several screens in one sentence, where all did just what they were told. */
function several(answers, screens) {
  if (answers.some(({ after }) => after === undefined)) return answers.map(named).join(" ");
  const slowest = Math.max(...answers.map(({ after }) => after));
  const of = { done: answers.length, total: screens.length, time: seconds(slowest) };
  return ngettext("Done on %(done)s of %(total)s screen in %(time)s.", "Done on %(done)s of %(total)s screens in %(time)s.", screens.length, of);
}

/** The scenes of several screens, each once: [{id, words, missing}], `missing` the names of those without it. */
export function scenesOf(screens) {
  const found = new Map();
  for (const { scenes } of screens) for (const { id, words } of scenes) found.set(id, words);
  return [...found].map(([id, words]) => ({
    id,
    words,
    missing: screens.filter(({ scenes }) => !scenes.some((one) => one.id === id)).map(({ name }) => name),
  }));
}

/**
 * What one can speak to, in the order of the keys: all screens, all of a room that several share, or one. As
 * [{id, words, screens}]; the id of all is "". A room that has every screen is all of them, and no choice beside that.
 */
export function choices(screens) {
  const rooms = [...new Set(screens.map(({ room }) => roomKey(room)))]
    .map((key) => [key, screens.filter(({ room }) => roomKey(room) === key)])
    .filter(([key, there]) => key && there.length > 1 && there.length < screens.length)
    .map(([key, there]) => ({ id: `room ${key}`, words: allOfRoom(there), screens: there }));
  const each = screens.map((screen) => ({ id: screen.id, words: isolated(screen.name), screens: [screen] }));
  const all = { id: "", words: screens.length === 1 ? each[0].words : screens.length ? allScreens(screens.length) : _("No screen"), screens };
  return [all, ...rooms, ...each];
}

/** What so many screens are called together. */
export function allScreens(count) {
  return ngettext("All %(num)s screens", "All %(num)s screens", count);
}

function allOfRoom(there) {
  return ngettext("%(room)s: all %(num)s screens", "%(room)s: all %(num)s screens", there.length, { room: isolated(there[0].room) });
}

function roomKey(room = "") {
  return room.split(/\s+/).filter(Boolean).join(" ").toLowerCase();
}
