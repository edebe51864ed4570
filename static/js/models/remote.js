// What the remote control says of screens, in words. Pure: what the server told in, sentences out. Times are ms.

import { byline, seconds } from "./panic.js";
import { duration } from "./words.js";

const PROMPT_MS = 3_000; // a screen that takes longer is named
const LATELY_MS = 30_000; // so long it is said how quickly a screen did something
const SILENT_S = 25; // a screen speaks every ten seconds
const BEHIND_S = 15;
const ROADS = { websocket: "live", sse: "live (events)", polling: "polling" };
const CURTAINS = { frozen: "frozen", blank: "blank", pinned: "showing pinned posts only" };

/** What a screen was told that still holds, with who and since when; "" when it runs its scenes. */
export function holds({ direction }, now) {
  const { scene, post, held, frozen, blank, by, since } = direction;
  const what = scene ?? (post && postName(post));
  const shows = what && (held ? `Held on ${what}` : `Shows ${what} now`);
  const over = (blank && "Blank") || (frozen && "Frozen");
  const words = over ? `${over}${shows ? `, then ${lower(shows)}` : held ? ", then held" : ""}` : shows || (held && "Held");
  return words ? `${words} – ${byline({ by, since }, now)}` : "";
}

/**
 * Whether a screen does what it was told last: {level, words}, level "good", "wait", "bad", "away" or "" for nothing to
 * say, and `after` how many seconds it took where there is no more to say. `now` is the server's.
 */
export function answer(screen, now) {
  const { devices, direction, call } = screen;
  if (!devices.length) return { level: "away", words: lastSeen(screen, now) };
  const called = call && Date.parse(call.at) >= Date.parse(direction.since ?? 0) ? call : null;
  const since = Date.parse(called ? called.at : direction.since);
  if (Number.isNaN(since)) return { level: "", words: "" };
  const waits = devices.filter(({ told, did }) => !(called ? did : told));
  if (waits.length) return unanswered(called, now - since);
  if (now - since > LATELY_MS) return { level: "", words: "" };
  if (called) return { level: "good", words: called.kind === "identify" ? "Says its name" : "Loaded anew" };
  const slowest = Math.max(...devices.map(({ after }) => after ?? 0));
  const but = instead(screen);
  return { level: "good", words: `Done in ${seconds(slowest)}${but}`, ...(!but && { after: slowest }) };
}

function unanswered(called, late) {
  // A screen that loads anew with others is given its time.
  const patience = PROMPT_MS + (called?.kind === "reload" ? called.within * 1000 + 10_000 : 0);
  if (late < patience) return { level: "wait", words: "Asked …" };
  if (called && late > LATELY_MS + patience) return { level: "", words: "" };
  return { level: "bad", words: `Has not answered for ${duration(late)}` };
}

/** A scene that has nothing to show is passed over, whoever asked for it; a post may have left the wall. */
function instead({ direction: { scene, post, blank, frozen }, devices }) {
  if (blank || frozen) return "";
  if (post && !post.name) return ", but the post has left the wall";
  return scene && devices.some((device) => device.scene !== scene) ? `, but ${scene} has nothing to show` : "";
}

function lastSeen({ last_seen: seen }, now) {
  return seen ? `Not open; last seen ${duration(now - Date.parse(seen))} ago` : "Never opened";
}

/** What is seen on a device: {title, words}, under whatever curtain. */
export function sight({ scene, post, posts, curtain }, { direction }) {
  if (curtain === "blank" || direction.blank) return { title: "Blank", words: "The event’s title" };
  if (post) return { title: scene || "One post", words: `${post.name}: ${post.words}` };
  const count = posts === 1 ? "1 post" : `${posts} posts`;
  return { title: scene || "The wall", words: posts ? count : "" };
}

/** Whether the picture of a device is true: {level, words}. */
export function truth({ behind, silent }) {
  if (silent > SILENT_S) return { level: "bad", words: `Not heard of for ${duration(silent * 1000)}` };
  if (behind === null) return { level: "bad", words: "Its picture is of another history" };
  if (behind > BEHIND_S) return { level: "bad", words: `Its picture is ${duration(behind * 1000)} behind` };
  return { level: "good", words: "Picture is true" };
}

/** The machine of a device, in short: "1920 × 1080", "live", "0.4.1", "heard 3 s ago". */
export function machine({ width, height, road, version, silent }, current) {
  return [
    width && `${width} × ${height}`,
    ROADS[road] ?? "no connection",
    version && (version === current ? version : `${version}, not yet ${current}`),
    `heard ${silent < 1 ? "just now" : `${duration(silent * 1000)} ago`}`,
  ].filter(Boolean);
}

/** What the curtain over all screens is, or "". */
export function curtained({ kind, by, since }, now) {
  return kind === "open" ? "" : `All screens are ${CURTAINS[kind]} – ${byline({ by, since }, now)}. That stands above what is pressed here.`;
}

/** What became of a press on these screens: {level, words}. `now` is the server's. */
export function verdict({ id }, screens, now) {
  const others = screens.filter(({ direction, call }) => direction.id !== id && call?.id !== id);
  if (others.length === screens.length && screens.length) {
    const { direction } = screens[0];
    return direction.by ? { level: "note", words: `\u2068${direction.by}\u2069 pressed something else meanwhile.` } : { level: "", words: "" };
  }
  const answers = screens.filter((one) => !others.includes(one)).map((one) => ({ name: one.name, ...answer(one, now) }));
  const of = (level) => answers.filter((one) => one.level === level);
  const silent = of("bad").map(({ name, words }) => `${isolated(name)} ${lower(words)}.`);
  const away = of("away").map(({ name }) => `${isolated(name)} is not open.`);
  if (of("wait").length) return { level: "wait", words: `${list(of("wait"))}: asked …` };
  const done = of("good").length > 1 && !others.length ? [several(of("good"), screens)] : of("good").map(one);
  const level = silent.length ? "bad" : done.length ? "good" : "note";
  return { level, words: [...silent, ...done, ...away].join(" ") };
}

function one({ name, words }) {
  return `${isolated(name)}: ${lower(words)}.`;
}

/** The answers of several screens in one sentence, where all did just what they were told. */
function several(answers, screens) {
  if (answers.some(({ after }) => after === undefined)) return answers.map(one).join(" ");
  const slowest = Math.max(...answers.map(({ after }) => after));
  return `Done on ${answers.length} of ${screens.length} screens in ${seconds(slowest)}.`;
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
  const several = (many) => `All ${many.length} screens`;
  const rooms = [...new Set(screens.map(({ room }) => roomKey(room)))]
    .map((key) => [key, screens.filter(({ room }) => roomKey(room) === key)])
    .filter(([key, there]) => key && there.length > 1 && there.length < screens.length)
    .map(([key, there]) => ({ id: `room ${key}`, words: `${isolated(there[0].room)}: ${lower(several(there))}`, screens: there }));
  const each = screens.map((screen) => ({ id: screen.id, words: isolated(screen.name), screens: [screen] }));
  const all = { id: "", words: screens.length === 1 ? each[0].words : screens.length ? several(screens) : "No screen", screens };
  return [all, ...rooms, ...each];
}

function roomKey(room = "") {
  return room.split(/\s+/).filter(Boolean).join(" ").toLowerCase();
}

function postName({ name }) {
  return name ? `a post by ${isolated(name)}` : "a post that has left the wall";
}

function list(answers) {
  return answers.map(({ name }) => isolated(name)).join(", ");
}

function isolated(name) {
  return `\u2068${name}\u2069`;
}

function lower(words) {
  return words[0].toLowerCase() + words.slice(1);
}
