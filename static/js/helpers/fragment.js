// The one place where text becomes markup or a script's address. The page's policy allows the Trusted Types policy
// "wall" and no other, so nothing else in these scripts can. Hand it only what our own server rendered.

const policy = globalThis.trustedTypes?.createPolicy("wall", {
  createHTML: (html) => html,
  createScriptURL: (url) => ownAddress(url),
}) ?? { createHTML: (html) => html, createScriptURL: ownAddress };

/** Return the one element that a fragment from our own server holds, or null when it holds none. */
export function element(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content.firstElementChild;
}

/** Return the address of a script of ours in the form that the browser's worker functions take. */
export function scriptAddress(url) {
  return policy.createScriptURL(url);
}

function ownAddress(url) {
  const address = new URL(url, location.href);
  if (address.origin !== location.origin) throw new TypeError(`${address.origin} is not ours`);
  return address.href;
}
