// The projector's page: the plan says which scenes, the stream what hangs in them, the last wall is kept, and nothing
// here needs a hand.

import { CurtainStage } from "./elements/curtain-stage.js";
import "./elements/join-code.js";
import "./elements/overload-line.js";
import "./elements/poster-wall.js";
import { NamePlate } from "./elements/name-plate.js";
import { SceneStage } from "./elements/scene-stage.js";
import { StaffMark } from "./elements/staff-mark.js";
import { stayAwake } from "./helpers/awake.js";
import { clock } from "./helpers/clock.js";
import { fitLine } from "./helpers/fit.js";
import { missingScripts } from "./helpers/glyphs.js";
import { beWatched, watchdogAddress } from "./helpers/heartbeat.js";
import { watchPictures } from "./helpers/kept-picture.js";
import { dress, wear } from "./helpers/look.js";
import { atRest, fullScreen } from "./helpers/machine.js";
import { OfflineCopy } from "./helpers/offline.js";
import { PlanReader } from "./helpers/plan-reader.js";
import { Renewal } from "./helpers/renewal.js";
import { Showing } from "./helpers/showing.js";
import { Calls } from "./models/calls.js";
import { Feed } from "./models/feed.js";
import { Hand } from "./models/hand.js";
import { Health } from "./models/health.js";
import { LastWall } from "./models/last-wall.js";
import { lettersMissing } from "./models/letters.js";
import { Paired } from "./models/paired.js";
import { Stream } from "./models/stream.js";

const NOT_ALLOWED = 4503;
const LIMIT = 120;
const KEEP_MS = 2_000;

const root = document.querySelector(".stage");
const { slug, cursor, streamUrl, feedUrl, planUrl, showingUrl, version } = root.dataset;
const preview = "preview" in root.dataset; // in a frame of the organiser's page: it leaves nothing behind
const store = preview ? null : storage();
const last = new LastWall(store, slug);
const copy = new OfflineCopy(slug);
const kept = last.newerThan(cursor);
const feed = new Feed({ ...(kept ?? rendered()), limit: LIMIT });
const loadedPlan = JSON.parse(document.getElementById("plan").textContent);
const plan = new PlanReader({ url: planUrl, plan: kept?.plan ?? loadedPlan });
const paired = new Paired(store);
const health = new Health();
const hand = new Hand();
const mark = new StaffMark(document.querySelector(".staff-mark"), staffWords);
let stream = new Stream({ streamUrl, feedUrl, feed });
let shut = false; // whether the server ended the stream for good, and has not said yet why
const missing = missingScripts();
const scenes = new SceneStage(root, { feed, place: recall("place") });
const calls = new Calls({ done: recall("calls") ?? [], loaded: loadedPlan?.calls ?? [] });
const plate = new NamePlate(root);
const renewal = new Renewal({ version, storage: store, busy: () => scenes.isDirected });
const stage = new CurtainStage(root, { wall: scenes, feed });
const showing = new Showing({
  url: showingUrl,
  truth: () => feed,
  stage: root,
  storage: store,
  about: () => ({ version: version ?? "", road: stream.online ? stream.road : "", missing, did: calls.did, ...shownHere() }),
});
let heeded = plan.plan.direction?.id; // the direction that was followed last
let toldScene = "";
let keepTimer = null;

watchPictures(document);
if (kept?.skew) clock.skew = kept.skew;
clock.notBefore(kept?.at ?? plan.plan.now ?? 0);
scenes.plan = hand.over(plan.plan);
dress(root);
await stage.begin();
begun();
showWaiting();
answerCalls();
fitHashtags();
keep();

scenes.addEventListener("drawn", () => {
  showWaiting();
  tellScene();
});
feed.addEventListener("change", ({ detail }) => {
  plan.remove(detail.removed);
  stage.follow(detail);
  showing.follow(detail);
  if (detail.added.length === 0 || detail.removed.length > 0) keep();
  else keepSoon();
});
feed.addEventListener("arranged", () => plan.ask());
plan.addEventListener("change", () => {
  wearLook();
  scenes.plan = hand.over(plan.plan);
  answerCalls();
  showing.tell();
  keep();
});
plan.addEventListener("asked", ({ detail }) => heed(detail.answer));
copy.addEventListener("room", ({ detail }) => health.room("disk", detail.room));
addEventListener("offline", () => health.network(false));
addEventListener("online", () => health.network(true));
addEventListener("pagehide", () => keepTimer && keep());
addEventListener("resize", fitHashtags);
document.fonts.addEventListener("loadingdone", fitHashtags);

follow(stream);
plan.start();
showing.start();
mark.start();
if (!preview) standAlone();

/** Be a projector's page, and not one in a frame: outlive the server, and heed who stands at the machine. */
function standAlone() {
  if (showingUrl) paired.keep(slug);
  copy.start([watchdogAddress(slug)]);
  beWatched(slug);
  stayAwake();
  atRest();
  fullScreen();
  addEventListener("keydown", handle);
}

/** What whoever stands at the machine should know; usually nothing. */
function staffWords() {
  const letters = lettersMissing(missing, feed.snapshot.posts);
  return [hand.words, ...health.words(performance.now()), letters].filter(Boolean);
}

/** The start went well: this page need not be begun anew, and may be kept. */
function begun() {
  document.documentElement.dataset.started = "";
  const address = new URL(location.href);
  if (!address.searchParams.has("kept")) return;
  address.searchParams.delete("kept");
  history.replaceState(null, "", address);
}

function handle(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const act = hand.press(event.key, plan.plan.direction);
  if (!act) return;
  event.preventDefault();
  if (act === "next" || act === "back") scenes.plan = hand.over(plan.plan, { moving: true });
  scenes.plan = hand.over(plan.plan);
  mark.look();
}

function follow(source) {
  stream = source;
  stream.addEventListener("status", ({ detail }) => {
    health.stream(detail.online, performance.now());
    plan.ask();
    if (detail.online) showing.tell();
  });
  stream.addEventListener("hello", ({ detail }) => renewal.hear(detail.version));
  stream.addEventListener("refused", ({ detail }) => {
    shut = detail.code === NOT_ALLOWED;
    if (shut) plan.ask();
  });
  stream.open();
}

/** What the server says of our right to be here, once it can be asked. */
function heed(answer) {
  health.answer(answer, performance.now());
  if (clock.isTold) health.clock(clock.skew);
  if (answer === "gone") leave();
  if (!shut) return;
  if (answer === "refused") follow(new Stream({ streamUrl: `/${slug}/stream`, feedUrl, feed })); // what everybody may see
  if (answer === "good") follow(new Stream({ streamUrl, feedUrl, feed }));
  if (answer === "refused" || answer === "good") shut = false;
}

/** The posts as the server rendered them into the page. */
function rendered() {
  const { heldBack = "", curtain: kind, curtainSince, pinned } = root.dataset;
  const late = heldBack.split(" ");
  const posts = [...root.querySelectorAll("poster-wall article.post")].map((article) => ({
    id: article.dataset.id,
    html: article.outerHTML,
    pinned: "pinned" in article.dataset,
    late: late.includes(article.dataset.id),
  }));
  const curtain = { kind: kind || "open", since: curtainSince || null };
  return { cursor, posts, pinned: pinned ? pinned.split(" ") : null, screen: { curtain } };
}

/** What is written down is read and copied as a whole: not for every post that comes. What left is gone from it at once. */
function keepSoon() {
  keepTimer ??= setTimeout(keep, KEEP_MS);
}

function keep() {
  clearTimeout(keepTimer);
  keepTimer = null;
  if (preview) return;
  health.room("storage", last.keep({ ...feed.snapshot, plan: plan.plan, skew: clock.skew, at: clock.now() }, cursor));
  copy.keep(plan.plan.scenes);
}

/** This screen may show the event no more: nothing of it stays here, and the machine can be paired anew. */
function leave() {
  stream.close();
  plan.forget();
  feed.replace({ cursor: null, posts: [], pinned: [] });
  last.forget();
  copy.forget();
  paired.forget(slug);
  if (preview) return;
  if (showingUrl) location.replace("/screen");
  else location.reload();
}

/** Look as the plan says. Another brand is in the page itself, which is loaded anew: once, should it not come. */
function wearLook() {
  const { look } = plan.plan.screen ?? {};
  if (!look) return;
  const worn = wear(root, look, () => {
    root.querySelectorAll(".scene.wall").forEach((wall) => wall.refit());
    fitHashtags();
  });
  if (worn || look.brand_sheet === sessionStorage.getItem("reloaded for brand")) return;
  sessionStorage.setItem("reloaded for brand", look.brand_sheet);
  location.reload();
}

function showWaiting() {
  const waiting = document.querySelector(".waiting");
  if (waiting.hidden !== !scenes.isEmpty) waiting.hidden = !scenes.isEmpty;
  fitHashtags();
}

function fitHashtags() {
  document.querySelectorAll("[data-fit]").forEach(fitLine);
}

/** Do what a remote control calls for, each once. */
function answerCalls() {
  const { calls: called = [], direction, screen } = plan.plan;
  if (direction?.id !== heeded) plate.hide();
  heeded = direction?.id;
  for (const { kind, within } of calls.take(called, clock.now())) {
    if (kind === "identify") plate.show(screen);
    if (kind === "reload") renewal.call(within);
  }
  remember("calls", calls.done);
}

/** What is seen, as the server is told it. Who paused or blanked this machine keeps it from what a remote control asks. */
function shownHere() {
  return { ...scenes.showing, ...(hand.words && { told: "" }) };
}

/** Say at once when another scene or post is seen alone; how many hang on the wall waits for the beat. */
function tellScene() {
  const shown = JSON.stringify(shownHere());
  if (shown === toldScene) return;
  toldScene = shown;
  const { scene, turn } = scenes.place;
  remember("place", { scene, turn: turn - hand.turn });
  showing.tell();
}

/** What an earlier page of this screen left for this one. */
function recall(what) {
  try {
    return JSON.parse(store?.getItem(`wall:${slug}:${what}`) ?? "null");
  } catch {
    return null;
  }
}

function remember(what, value) {
  try {
    store?.setItem(`wall:${slug}:${what}`, JSON.stringify(value));
  } catch {
    // A full storage: the next page begins at the beginning.
  }
}

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
