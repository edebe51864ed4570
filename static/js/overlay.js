// The overlay's page: shows the post that the desk has sent over the video, and nothing else, on no ground at all.

import { OverlayPlate } from "./elements/overlay-plate.js";
import { get } from "./helpers/ask.js";
import { Latest } from "./models/latest.js";
import { OutputFeed } from "./models/output-feed.js";
import { Stream } from "./models/stream.js";

const root = document.querySelector(".over");
const { cursor, streamUrl, feedUrl, stateUrl, fixedForm } = root.dataset;
const plate = new OverlayPlate(root, { codes: "codes" in root.dataset });
const feed = new OutputFeed({ cursor, concerned: ({ id }) => id === plate.id });
const stream = new Stream({ streamUrl, feedUrl, feed });
const latest = new Latest({ ask: () => get(stateUrl), take, refused: end });

feed.addEventListener("left", ({ detail }) => {
  plate.drop(detail.ids);
  latest.overtake();
});
feed.addEventListener("blanked", () => plate.drop([plate.id]));
feed.addEventListener("stirred", () => latest.look());
stream.addEventListener("hello", () => latest.look());
stream.addEventListener("refused", () => latest.look());

await document.fonts.ready;
stream.open();
latest.look();

function take({ post, form }) {
  plate.show(post, fixedForm ?? form);
}

/** This overlay was taken back: nothing of the event stays over the video. */
function end() {
  stream.close();
  plate.drop([plate.id]);
}
