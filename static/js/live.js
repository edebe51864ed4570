// The page of those who follow from afar. Without this script it is a plain page with a link to older posts.

import { followSessions, postOf } from "./elements/around.js";
import { playOnPress } from "./elements/film.js";
import "./elements/private-news.js";
import { tellFollowing } from "./elements/following.js";
import { markPlace } from "./elements/left-off-mark.js";
import { follow } from "./elements/live-column.js";
import "./elements/live-posts.js";
import { muting } from "./elements/mute.js";
import { reactions } from "./elements/reaction-bar.js";
import { savePictures } from "./elements/saved-pictures.js";
import "./elements/theme-switch.js";
import { told } from "./elements/told.js";
import { leaveIfGone } from "./helpers/gone.js";
import { LiveCopy } from "./helpers/live-copy.js";
import { tellTimes } from "./helpers/times.js";
import { Followed } from "./models/around.js";
import { Excerpt } from "./models/excerpt.js";
import { Kept, storage } from "./models/kept.js";
import { LeftOff } from "./models/left-off.js";
import { Muted } from "./models/muted.js";
import { readOffered } from "./models/offered.js";
import { OwnReactions } from "./models/own-reactions.js";

const posts = document.querySelector("live-posts");

document.querySelector("[data-tools]").hidden = false;
tellTimes(document, Date.now());
playOnPress(document);
tellFollowing(document.querySelector("[data-following]"));
if (posts) dress(posts);
if (posts?.dataset.streamUrl) keepUp(posts);

/** Follow the stream; the whole wall, not an excerpt of it nor a circle's, can be read again without a network. */
function keepUp(posts) {
  if (location.search !== "" || "private" in posts.dataset) return follow(posts, { refused: leaveIfGone });
  const copy = new LiveCopy(posts.dataset.slug);
  let { cursor } = posts.dataset;
  const page = () => ({ cursor: String(cursor), ...posts.fragments });
  follow(posts, {
    refused: () => {
      copy.forget();
      leaveIfGone();
    },
    changed: ({ cursor: now, left }) => {
      cursor = now;
      copy.keep(page, { atOnce: left });
    },
  });
  copy.start().then((able) => able && copy.keep(page, { atOnce: true }));
}

/** What a reader can do with posts, and what they chose in this browser. */
function dress(posts) {
  const { slug, reactions: offered = "", excerpt, reduced } = posts.dataset;
  const kept = (name) => new Kept(storage(), `live ${slug} ${name}`);
  const arrives = new Excerpt(JSON.parse(excerpt ?? "null"));
  posts.wants = (article) => arrives.wants(postOf(article));
  if (!excerpt && posts.dataset.streamUrl) markPlace(posts, new LeftOff(kept("left off")));
  if (reduced !== undefined) posts.dress(savePictures);
  if (offered) posts.dress(reactions({ slug, offered: readOffered(offered), own: new OwnReactions(kept("reactions")), say: told }));
  muting(posts, new Muted(kept("muted")), { list: document.querySelector("[data-muted]"), say: told });
  followSessions(new Followed(kept("sessions")), posts);
}
