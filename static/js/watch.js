// Watches over the start of a screen. It stands alone and comes first, so that it works when nothing else does:
// a wall whose scripts do not begin is shown as the server wrote it, and then the page is begun anew, as it was when it ran.
(() => {
  const PLAIN_MS = 10_000;
  const ANEW_MS = 30_000;
  const APART_MS = 300_000;
  const KEY = "begun anew at";
  const root = document.documentElement;
  const started = () => "started" in root.dataset;

  if (new URLSearchParams(location.search).has("preview")) return;
  setTimeout(() => started() || (root.dataset.plain = ""), PLAIN_MS);
  const timer = setInterval(() => {
    if (started()) clearInterval(timer);
    else if (!lately()) beginAnew();
  }, ANEW_MS);

  function beginAnew() {
    const address = new URL(location.href);
    address.searchParams.set("kept", "");
    location.replace(address);
  }

  function lately() {
    try {
      const passed = Date.now() - Number(sessionStorage.getItem(KEY));
      if (passed >= 0 && passed < APART_MS) return true;
      sessionStorage.setItem(KEY, String(Date.now()));
    } catch {
      // No storage: every half minute, then.
    }
    return false;
  }
})();
