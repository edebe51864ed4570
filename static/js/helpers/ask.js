// Requests to our own server that answer with JSON. They never throw: no answer is status 0.

const TIMEOUT_MS = 15_000;

/** Send `body` as JSON: {status, body}. It is sent to its end even when the page is left meanwhile. */
export function post(url, body) {
  return ask(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    keepalive: true,
  });
}

/** Send the values of a form: {status, body}. */
export function send(url, values) {
  return ask(url, { method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(values) });
}

export function get(url) {
  return ask(url, { headers: { accept: "application/json" }, cache: "no-store" });
}

async function ask(url, request) {
  try {
    const response = await fetch(url, {
      ...request,
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}
