// The projector's page: the stream feeds the wall, the last wall is kept, and nothing here needs a hand.

import { CurtainStage } from "./elements/curtain-stage.js";
import "./elements/join-code.js";
import "./elements/poster-wall.js";
import { fitLine } from "./helpers/fit.js";
import { OfflineCopy } from "./helpers/offline.js";
import { Showing } from "./helpers/showing.js";
import { Feed } from "./models/feed.js";
import { LastWall } from "./models/last-wall.js";
import { Stream } from "./models/stream.js";

const QUIET_OFFLINE_MS = 5_000;
const RELOAD_WITHIN_MS = 60_000;
const NOT_ALLOWED = 4503;
const LIMIT = 40;

const wall = document.querySelector("poster-wall");
const { slug, cursor, streamUrl, feedUrl, showingUrl, version } = wall.dataset;
const last = new LastWall(storage(), slug);
const copy = new OfflineCopy(slug);
const feed = new Feed({ ...(last.newerThan(cursor) ?? rendered()), limit: LIMIT });
const stream = new Stream({ streamUrl, feedUrl, feed });
const stage = new CurtainStage(document.querySelector(".stage"), { wall, feed });
const showing = new Showing({
  url: showingUrl,
  feed,
  wall,
  storage: storage(),
  about: () => ({ version: version ?? "", road: stream.online ? stream.road : "" }),
});

await stage.begin();
showWaiting();
fitHashtags();
keep();

wall.addEventListener("drawn", showWaiting);
feed.addEventListener("change", ({ detail }) => {
  stage.follow(detail);
  showing.follow(detail);
  keep();
});
stream.addEventListener("status", ({ detail }) => {
  markOffline(!detail.online);
  if (detail.online) showing.tell();
});
stream.addEventListener("hello", ({ detail }) => reloadFor(detail.version));
stream.addEventListener("refused", ({ detail }) => detail.code === NOT_ALLOWED && forget());
addEventListener("resize", fitHashtags);
document.fonts.addEventListener("loadingdone", fitHashtags);

stream.open();
showing.start();
copy.start();
stayAwake();
document.addEventListener("visibilitychange", stayAwake);

/** The posts as the server rendered them into the page. */
function rendered() {
  const heldBack = (wall.dataset.heldBack ?? "").split(" ");
  const posts = [...wall.querySelectorAll("article.post")].map((article) => ({
    id: article.dataset.id,
    html: article.outerHTML,
    pinned: "pinned" in article.dataset,
    late: heldBack.includes(article.dataset.id),
  }));
  const curtain = { kind: wall.dataset.curtain || "open", since: wall.dataset.curtainSince || null };
  return { cursor, posts, pinned: wall.dataset.pinned ? wall.dataset.pinned.split(" ") : null, screen: { curtain } };
}

function keep() {
  last.keep(feed.snapshot, cursor);
  copy.keep();
}

/** This screen may show the event no more: nothing of it stays here. */
function forget() {
  feed.replace({ cursor: null, posts: [], pinned: [] });
  last.forget();
  copy.forget();
}

function showWaiting() {
  const waiting = document.querySelector(".waiting");
  if (waiting.hidden === !wall.isEmpty) return;
  waiting.hidden = !wall.isEmpty;
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

/** A new version of the page is loaded once, and not by every screen of the house in the same second. */
function reloadFor(theirs) {
  const known = !version || !theirs || theirs === version || theirs === sessionStorage.getItem("reloaded for");
  if (known) return;
  sessionStorage.setItem("reloaded for", theirs);
  setTimeout(() => location.reload(), Math.random() * RELOAD_WITHIN_MS);
}

async function stayAwake() {
  try {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen");
  } catch {
    // The machine decides; a projector's usually stays on by itself.
  }
}

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
