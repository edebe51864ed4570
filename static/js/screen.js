// The projector's page: the plan says which scenes, the stream what hangs in them, the last wall is kept, and nothing
// here needs a hand.

import { CurtainStage } from "./elements/curtain-stage.js";
import "./elements/join-code.js";
import "./elements/overload-line.js";
import "./elements/poster-wall.js";
import { NamePlate } from "./elements/name-plate.js";
import { SceneStage } from "./elements/scene-stage.js";
import { clock } from "./helpers/clock.js";
import { fitLine } from "./helpers/fit.js";
import { missingScripts } from "./helpers/glyphs.js";
import { dress, wear } from "./helpers/look.js";
import { OfflineCopy } from "./helpers/offline.js";
import { PlanReader } from "./helpers/plan-reader.js";
import { Renewal } from "./helpers/renewal.js";
import { Showing } from "./helpers/showing.js";
import { Calls } from "./models/calls.js";
import { Feed } from "./models/feed.js";
import { LastWall } from "./models/last-wall.js";
import { Stream } from "./models/stream.js";

const QUIET_OFFLINE_MS = 5_000;
const NOT_ALLOWED = 4503;
const LIMIT = 40;

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
const stream = new Stream({ streamUrl, feedUrl, feed });
const missing = missingScripts();
const scenes = new SceneStage(root, { feed, place: recall("place") });
const calls = new Calls({ done: recall("calls") ?? [], loaded: loadedPlan?.calls ?? [] });
const plate = new NamePlate(root);
const renewal = new Renewal({ version, storage: store, busy: () => scenes.isDirected });
const stage = new CurtainStage(root, { wall: scenes, feed });
const showing = new Showing({
  url: showingUrl,
  feed,
  stage: root,
  storage: store,
  about: () => ({ version: version ?? "", road: stream.online ? stream.road : "", missing, did: calls.did, ...scenes.showing }),
});

let heeded = plan.plan.direction?.id; // the direction that was followed last
let toldScene = "";

if (kept?.skew) clock.skew = kept.skew;
scenes.plan = plan.plan;
dress(root);
await stage.begin();
showWaiting();
heed();
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
  keep();
});
feed.addEventListener("arranged", () => plan.ask());
plan.addEventListener("change", () => {
  wearLook();
  scenes.plan = plan.plan;
  heed();
  showing.tell();
  keep();
});
stream.addEventListener("status", ({ detail }) => {
  markOffline(!detail.online);
  if (!detail.online) return;
  plan.ask();
  showing.tell();
});
stream.addEventListener("hello", ({ detail }) => renewal.hear(detail.version));
stream.addEventListener("refused", ({ detail }) => detail.code === NOT_ALLOWED && forget());
addEventListener("resize", fitHashtags);
document.fonts.addEventListener("loadingdone", fitHashtags);

stream.open();
plan.start();
showing.start();
if (!preview) copy.start();
stayAwake();
document.addEventListener("visibilitychange", stayAwake);

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

function keep() {
  if (preview) return;
  last.keep({ ...feed.snapshot, plan: plan.plan, skew: clock.skew }, cursor);
  copy.keep(plan.plan.scenes);
}

/** This screen may show the event no more: nothing of it stays here. */
function forget() {
  plan.forget();
  feed.replace({ cursor: null, posts: [], pinned: [] });
  last.forget();
  copy.forget();
}

/** Look as the plan says. Another brand is in the page itself, which is loaded anew: once, should it not come. */
function wearLook() {
  const { look } = plan.plan.screen ?? {};
  if (!look) return;
  const worn = wear(root, look, () => {
    root.querySelectorAll("poster-wall").forEach((wall) => wall.refit());
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

let offlineTimer = null;

function markOffline(offline) {
  clearTimeout(offlineTimer);
  const mark = document.querySelector(".staff-mark");
  if (offline) offlineTimer = setTimeout(() => (mark.hidden = false), QUIET_OFFLINE_MS);
  else mark.hidden = true;
}

/** Do what a remote control calls for, each once. */
function heed() {
  if (plan.plan.direction?.id !== heeded) plate.hide();
  heeded = plan.plan.direction?.id;
  for (const call of calls.take(plan.plan.calls ?? [], clock.now())) {
    if (call.kind === "identify") plate.show(plan.plan.screen);
    if (call.kind === "reload") renewal.call(call.within);
  }
  remember("calls", calls.done);
}

/** Say at once when another scene or post is seen alone; how many hang on the wall waits for the beat. */
function tellScene() {
  const shown = JSON.stringify(scenes.showing);
  if (shown === toldScene) return;
  toldScene = shown;
  remember("place", scenes.place);
  showing.tell();
}

async function stayAwake() {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
  } catch {
    // The machine decides; a projector's usually stays on by itself.
  }
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
