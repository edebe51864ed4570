// The ways in: takes a link's token out of the address, where it would stay in the history and on the screen.

const token = decodeURIComponent(location.hash.slice(1));
const form = document.querySelector("[data-token-form]");
const field = form?.querySelector("input[name=token]");

if (token && field) {
  history.replaceState(null, "", location.pathname + location.search);
  field.value = token;
  form.querySelector("[data-token-field]")?.setAttribute("hidden", "");
  form.querySelector("[data-with-token]")?.removeAttribute("hidden");
  document.querySelector("[data-by-passphrase]")?.setAttribute("hidden", "");
  (form.querySelector("input:not([type=hidden]):not([name=token])") ?? form.querySelector("button")).focus();
}
