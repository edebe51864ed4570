// The page of polls. It works without this script; with it, a vote needs no new page, and what is shown follows the room.

import { LivePolls } from "./elements/live-polls.js";
import "./elements/poll-bars.js";
import "./elements/theme-switch.js";

document.querySelector("[data-tools]").hidden = false;
new LivePolls(document.querySelector(".poll-page")).start();
