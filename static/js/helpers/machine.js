// The machine that a screen runs on, and who stands at it: the cursor, the whole screen, nothing of the browser in sight.

const REST_MS = 3_000;

/** Show the cursor while it is moved; the stylesheet hides it otherwise. */
export function atRest() {
  let timer = null;
  addEventListener("pointermove", () => {
    document.body.dataset.moved = "";
    clearTimeout(timer);
    timer = setTimeout(() => delete document.body.dataset.moved, REST_MS);
  });
  addEventListener("contextmenu", (event) => event.preventDefault());
}

/** Fill the whole screen at a click; F does and undoes it, Escape undoes it by itself. */
export function fullScreen() {
  addEventListener("click", fill);
  addEventListener("keydown", ({ key, repeat, ctrlKey, altKey, metaKey }) => {
    if (key.toLowerCase() !== "f" || repeat || ctrlKey || altKey || metaKey) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else fill();
  });
}

async function fill() {
  try {
    if (!document.fullscreenElement) await document.documentElement.requestFullscreen({ navigationUI: "hide" });
  } catch {
    // The browser does not let a page do that here.
  }
}
