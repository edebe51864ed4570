// The page of those who follow from afar. Without this script it is a plain page with a link to older posts.

import "./elements/live-posts.js";
import { playOnPress } from "./elements/film.js";
import "./elements/private-news.js";
import { follow } from "./elements/live-column.js";
import "./elements/theme-switch.js";
import { tellTimes } from "./helpers/times.js";

const posts = document.querySelector("live-posts");

document.querySelector("[data-tools]").hidden = false;
tellTimes(document, Date.now());
playOnPress(document);
if (posts?.dataset.streamUrl) follow(posts);
