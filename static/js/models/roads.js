// The three roads to the server. Each has open(cursor) and close(), tells frames by `hear`, and its own end by `end`
// (the close code, or null when it broke), never after close(). A frame that is not ours is null.

const POLL_EVERY_MS = 5_000;
const LONGEST_POLL_MS = 30_000;

export class SocketRoad {
  #socket = null;
  #settings;

  constructor(settings) {
    this.#settings = settings;
  }

  open(cursor) {
    const { environment, streamUrl, hear, end } = this.#settings;
    const address = at(streamUrl, cursor);
    address.protocol = address.protocol.replace("http", "ws");
    try {
      const socket = new environment.WebSocket(address.href);
      this.#socket = socket;
      socket.onmessage = ({ data }) => this.#socket === socket && hear(parse(data));
      socket.onclose = ({ code }) => this.#socket === socket && end(code);
    } catch {
      end(null);
    }
  }

  close() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}

export class EventsRoad {
  #source = null;
  #settings;

  constructor(settings) {
    this.#settings = settings;
  }

  open(cursor) {
    const { environment, streamUrl, hear, end } = this.#settings;
    const address = at(streamUrl, cursor);
    address.pathname += ".sse";
    const source = new environment.EventSource(address.href);
    this.#source = source;
    source.onmessage = ({ data }) => {
      if (this.#source !== source) return;
      const frame = parse(data);
      if (frame?.type === "close") end(frame.code);
      else hear(frame);
    };
    // A browser would come back by itself, but without our pauses and from its own idea of the place.
    source.onerror = () => this.#source === source && end(null);
  }

  close() {
    this.#source?.close();
    this.#source = null;
  }
}

/** Never ends by itself; says by `miss` that nobody answered. */
export class PollingRoad {
  #settings;
  #timer = null;
  #misses = 0;
  #asked = 0;

  constructor(settings) {
    this.#settings = settings;
  }

  open() {
    this.#poll();
  }

  close() {
    this.#asked += 1;
    this.#settings.environment.clearTimeout(this.#timer);
  }

  async #poll() {
    const { environment, reader, cursor, hear, miss } = this.#settings;
    const turn = ++this.#asked;
    const { status, body } = await reader.read({ cursor: cursor() });
    if (turn !== this.#asked) return;
    this.#misses = body || status === 410 ? 0 : this.#misses + 1;
    const pause = Math.min(LONGEST_POLL_MS, POLL_EVERY_MS * 2 ** Math.max(0, this.#misses - 1));
    this.#timer = environment.setTimeout(() => this.#poll(), pause * (0.75 + environment.random() / 2));
    if (status === 410) hear({ type: "resync" });
    else if (!body) miss();
    else hear(body.updates ? { type: "updates", ...body } : { type: "snapshot", body });
  }
}

function at(address, cursor) {
  const whole = new URL(address);
  if (cursor) whole.searchParams.set("cursor", cursor);
  return whole;
}

function parse(data) {
  try {
    const frame = JSON.parse(data);
    return typeof frame?.type === "string" ? frame : null;
  } catch {
    return null;
  }
}
