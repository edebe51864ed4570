// The column of a live page coming alive: the stream feeds it, a bar says what waits above and whether it is connected.

import { _, ngettext } from "../models/gettext.js";
import { followAnnouncements } from "./announced.js";
import { Feed } from "../models/feed.js";
import { newPosts } from "../models/held-back.js";
import { Stream } from "../models/stream.js";

const ANNOUNCE_AFTER_MS = 4_000; // a burst is announced once
const QUIET_OFFLINE_MS = 5_000;

const find = (selector) => document.querySelector(selector);

/**
 * Let a <live-posts> follow its stream; `refused()` is called when the server says to stay away, `changed({cursor, left})`
 * when something changed, with whether a post left.
 */
export function follow(posts, { refused = () => {}, changed = () => {} } = {}) {
  const { cursor, streamUrl, feedUrl } = posts.dataset;
  const feed = new Feed({ cursor, posts: posts.rendered });
  const stream = new Stream({ streamUrl, feedUrl, feed });
  const offline = patientNotice(find(".live__offline"));
  const announce = announcer(find("[data-announce]"));

  feed.addEventListener("change", ({ detail }) => {
    if (detail.reset) posts.reset(feed.posts);
    else announce(posts.change(detail));
    count(detail.added.length - detail.removed.length);
    changed({ cursor: feed.cursor, left: detail.reset || detail.removed.length > 0 });
    find(".empty").hidden = posts.querySelector("article") !== null || !find(".live__new").hidden;
  });
  followAnnouncements(feed);
  posts.addEventListener("held", ({ detail }) => offer(detail.count));
  stream.addEventListener("status", ({ detail }) => offline(!detail.online));
  stream.addEventListener("refused", refused);
  find("[data-show-new]").addEventListener("click", () => posts.showNew());
  find("[data-pause]")?.addEventListener("click", ({ currentTarget }) => pause(posts, currentTarget));
  stream.open();
}

function pause(posts, button) {
  posts.paused = !posts.paused;
  button.setAttribute("aria-pressed", String(posts.paused));
  button.textContent = posts.paused ? _("Resume") : _("Pause");
}

function offer(held) {
  const button = find("[data-show-new]");
  button.hidden = held === 0;
  if (held > 0) button.textContent = newPosts(held);
}

function count(more) {
  const total = find("[data-total]");
  if (!total || more === 0) return;
  total.dataset.total = String(Math.max(0, Number(total.dataset.total) + more));
  total.textContent = ngettext("%(num)s post", "%(num)s posts", Number(total.dataset.total));
}

function announcer(region) {
  let waiting = 0;
  let timer = null;
  return (more) => {
    waiting += more;
    if (waiting === 0) return;
    timer ??= setTimeout(() => {
      region.textContent = newPosts(waiting);
      waiting = 0;
      timer = null;
    }, ANNOUNCE_AFTER_MS);
  };
}

function patientNotice(notice) {
  let timer = null;
  return (wanted) => {
    clearTimeout(timer);
    if (wanted) timer = setTimeout(() => (notice.hidden = false), QUIET_OFFLINE_MS);
    else notice.hidden = true;
  };
}
