// What the desk's stream brings: the queue's updates, and beside them how the team is.

import { Verdict } from "./place.js";

export class DeskFeed {
  #queue;
  #team;

  constructor({ queue, team }) {
    this.#queue = queue;
    this.#team = team;
  }

  get cursor() {
    return this.#queue.cursor;
  }

  receive(frame) {
    if (frame.type !== "team") return this.#queue.receive(frame);
    this.#team.take(frame);
    return Verdict.CURRENT;
  }

  replace(snapshot) {
    return this.#queue.replace(snapshot);
  }
}
