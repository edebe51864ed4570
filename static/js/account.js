// The ways in: takes a link's token out of the address, where it would stay in the history and on the screen.

import "./elements/passkey-button.js";

const form = document.querySelector("[data-token-form]");
const field = form?.querySelector("input[name=token]");

if (field) {
  takeToken();
  // A second link opened in the same tab changes no more than the part after #.
  addEventListener("hashchange", takeToken);
}

function takeToken() {
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = token;
  form.querySelector("[data-token-field]")?.setAttribute("hidden", "");
  form.querySelector("[data-with-token]")?.removeAttribute("hidden");
  // Removed: what shows itself later stays away as well.
  for (const other of document.querySelectorAll("[data-by-passphrase], [data-by-passkey]")) other.remove();
  (form.querySelector("input:not([type=hidden], [name=token])") ?? form.querySelector("button")).focus();
}
