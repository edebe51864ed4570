// What a moderator says of how a post sounds: sent, and answered with the line as it is then.

import { get, send } from "./ask.js";
import { element } from "./fragment.js";

/** The line of a post, null where there is none or nobody answers. */
export async function line(url) {
  return shown(await get(url));
}

/** Send what a button of the line says; the line as it is then, null where nothing was kept. */
export async function say(form, button) {
  return shown(await send(form.action, new FormData(form, button)));
}

function shown({ status, body }) {
  return status === 200 && body ? element(body.html) : null;
}
