// The overlay's page: shows the post that the desk has sent over the video, and nothing else, on no ground at all.

import { OverlayPlate } from "./elements/overlay-plate.js";
import { Output } from "./helpers/output.js";

const root = document.querySelector(".over");
const { fixedForm } = root.dataset;
const plate = new OverlayPlate(root, { codes: "codes" in root.dataset });
const output = new Output(root, {
  shown: plate,
  concerned: ({ id }) => plate.ids.includes(id),
  take,
  end: () => plate.drop(plate.ids), // taken back: nothing of the event stays over the video
});

await document.fonts.ready;
output.start();

function take({ post, form }) {
  plate.show(post, fixedForm ?? form);
  return post ? [post.id] : [];
}
