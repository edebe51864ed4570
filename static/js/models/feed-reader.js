// Reads the feed over plain HTTP: the snapshot, or the updates after a cursor.

const TIMEOUT_MS = 15_000;

export class FeedReader {
  #address;
  #fetch;

  /** `address` is a URL object; `fetch` the browser's. */
  constructor({ address, fetch }) {
    this.#address = address;
    this.#fetch = fetch;
  }

  /** Return {status, body}; body is null unless our own server answered well, status 0 when nobody did. Never throws. */
  async read({ cursor = null } = {}) {
    const address = new URL(this.#address);
    if (cursor) address.searchParams.set("cursor", cursor);
    try {
      const response = await this.#fetch(address.href, {
        headers: { accept: "application/json" },
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) return { status: response.status, body: null };
      const body = await response.json();
      return { status: response.status, body: typeof body?.cursor === "string" ? body : null };
    } catch {
      return { status: 0, body: null };
    }
  }
}
