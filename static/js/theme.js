// Puts the theme this browser was last told to use on the page before anything is painted. A screen is told by its address.
(() => {
  const root = document.documentElement;
  if (root.dataset.theme !== "auto") return;
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  } catch {
    // No storage in this browser: its own preference holds.
  }
})();
