// What the stream wants of a browser, in one place, so that tests can hand in their own.

export function browser() {
  return {
    WebSocket: globalThis.WebSocket,
    EventSource: globalThis.EventSource,
    fetch: (...request) => globalThis.fetch(...request),
    setTimeout: (...timer) => globalThis.setTimeout(...timer),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
    base: globalThis.location?.href,
    window: globalThis.window ?? null,
    document: globalThis.document ?? null,
  };
}
