// Keeps unsent decisions through a reload, a closed tab and a crash: in the browser's storage, by event and person.
// Each page has a place of its own there; a new page takes over what others left, and a page that lives still may send
// the same once more, for the server takes the same decision only once.

const KEPT_DAYS = 2; // the server knows a decision's id again for one day; what is older was never meant for now
const DAY_MS = 24 * 60 * 60 * 1_000;

export class KeptDecisions {
  #storage;
  #prefix;
  #key;

  /** `storage` is the browser's localStorage, or null where it is shut. */
  constructor({ storage, event, person, desk }) {
    this.#storage = storage;
    this.#prefix = `decisions:${event}:${person}:`;
    this.#key = this.#prefix + desk;
  }

  // Actions

  /** Keep these records and no others. Returns whether they are safe. */
  keep(records) {
    try {
      if (records.length) this.#storage.setItem(this.#key, JSON.stringify(records));
      else this.#storage.removeItem(this.#key);
      return true;
    } catch {
      return false;
    }
  }

  /** Take over what is kept, in the order in which it was decided; it is kept here from now on. */
  takeOver(now) {
    try {
      const keys = [...Array(this.#storage.length).keys()].map((index) => this.#storage.key(index));
      const left = keys.filter((key) => key.startsWith(this.#prefix));
      const records = left.flatMap((key) => read(this.#storage.getItem(key)));
      const fresh = records.filter(({ at }) => at > now - KEPT_DAYS * DAY_MS).sort((one, other) => one.at - other.at);
      const unique = [...new Map(fresh.map((record) => [record.id, record])).values()];
      if (this.keep(unique)) left.filter((key) => key !== this.#key).forEach((key) => this.#storage.removeItem(key));
      return unique;
    } catch {
      return [];
    }
  }
}

function read(text) {
  try {
    const records = JSON.parse(text);
    return Array.isArray(records) ? records.filter(isRecord) : [];
  } catch {
    return [];
  }
}

function isRecord(record) {
  const { id, kind, at, post } = record ?? {};
  return typeof id === "string" && typeof kind === "string" && Number.isFinite(at) && typeof post?.id === "string";
}
