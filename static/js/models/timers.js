// Timers by name, with one owner that can stop them all. Starting one again replaces it.

export class Timers {
  #running = new Map();
  #setTimeout;
  #clearTimeout;

  constructor({ setTimeout, clearTimeout }) {
    this.#setTimeout = setTimeout;
    this.#clearTimeout = clearTimeout;
  }

  start(name, pause, action) {
    this.stop(name);
    this.#running.set(name, this.#setTimeout(action, pause));
  }

  stop(name) {
    if (this.#running.has(name)) this.#clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }

  stopAll() {
    [...this.#running.keys()].forEach((name) => this.stop(name));
  }

  has(name) {
    return this.#running.has(name);
  }
}
