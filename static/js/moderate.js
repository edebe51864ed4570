// The desk of the moderators.

import { DecidedDesk } from "./elements/decided-desk.js";
import { MoodLine } from "./elements/mood-line.js";
import { MoreMenu } from "./elements/more-menu.js";
import { OverlayDesk } from "./elements/overlay-desk.js";
import { PanicDesk } from "./elements/panic-desk.js";
import { Promotion } from "./elements/promotion.js";
import { QueueDesk } from "./elements/queue-desk.js";
import { QuickRule } from "./elements/quick-rule.js";
import { ShowNow } from "./elements/show-now.js";
import { tellFollowing } from "./elements/following.js";
import { StageDesk } from "./elements/stage-desk.js";
import "./elements/theme-switch.js";

const root = document.querySelector("#desk");
const desk = root.classList.contains("desk--queue") ? new QueueDesk(root) : new DecidedDesk(root);
desk.open();
new PanicDesk(root).open();
new OverlayDesk(root).open();
new StageDesk(root).open();
new ShowNow(root).open();
new QuickRule().open();
new Promotion(root, { say: (words, level) => desk.say(words, level) }).open();
new MoreMenu().listen();
new MoodLine().listen();
tellFollowing(document.querySelector("[data-following]"));
