// Pictures of posts, when there is no server: the page asks its service worker for the copy that it keeps.
// With a server the worker stays out of it, for a browser holds on to every picture that a worker has answered with.

const PATIENCE_MS = 5_000; // a server may be silent
const KEPT = "kept";
const PICTURE = /\/media\/[^/]+\/[^/]+\/(thumb|screen)$/;

/** Have a picture that did not come ask for the kept copy. Returns false where that was tried already, or cannot be. */
export function askKept(image) {
  const address = new URL(image.src, location.href);
  if (!navigator.serviceWorker?.controller || !PICTURE.test(address.pathname) || address.searchParams.has(KEPT)) return false;
  address.searchParams.set(KEPT, "");
  image.src = address.href;
  return true;
}

/** Wait until a picture, or the kept copy of it, can be painted, or neither can. */
export async function decoded(image) {
  const impatience = setTimeout(() => image.complete || askKept(image), PATIENCE_MS);
  await paintable(image).catch(() => askKept(image) && paintable(image).catch(() => {}));
  clearTimeout(impatience);
}

/** Wait until a picture can be painted; rejects when it did not come. */
export async function paintable(image) {
  // Chromium never settles `decode`, and holds the picture for ever, where a source is taken back while it loads.
  while (!image.complete) await loaded(image);
  await image.decode();
}

/** Ask for the kept copy of every picture that a document will ever hold, but for those that see to it themselves. */
export function watchPictures(document) {
  document.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && askKept(target), { capture: true });
}

function loaded(image) {
  return new Promise((resolve) => {
    for (const kind of ["load", "error"]) image.addEventListener(kind, resolve, { once: true });
  });
}
