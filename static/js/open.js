// The page behind a screen's link: hands the token of the address to the server, and goes on to what it opens. The token
// stands in the fragment, which is in no request line, log or Referer.

import { _ } from "./models/gettext.js";

const TIMEOUT_MS = 10_000;
const line = document.querySelector("[data-open-url]");

open().catch(() => say(_("The server does not answer. This page tries again by itself."), true));

async function open() {
  const token = location.hash.slice(1);
  const response = await fetch(line.dataset.openUrl, { method: "POST", body: new URLSearchParams({ token }), signal: AbortSignal.timeout(TIMEOUT_MS) });
  const answer = await response.json();
  if (response.ok) location.replace(`${answer.url}${location.search}`);
  else say(answer.error?.message ?? _("This link does not open a screen."), response.status >= 500);
}

function say(words, again) {
  line.textContent = words;
  if (again) setTimeout(() => location.reload(), 5_000);
}
