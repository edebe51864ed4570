// The pages of private threads. They work without this script; with it, they bring themselves up to date.

import "./elements/private-list.js";
import "./elements/private-thread.js";
import "./elements/push-switch.js";
import "./elements/text-counter.js";
import "./elements/theme-switch.js";

document.querySelector("[data-tools]").hidden = false;

const reported = document.querySelector("[data-reported]");
if (reported && new URLSearchParams(location.search).has("reported")) reported.hidden = false;
