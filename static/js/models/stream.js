// The live connection: a websocket that comes back by itself; server-sent events, then JSON polling, where websockets
// do not get through. It carries frames to a feed and never decides what a wall shows. Everything of the browser can be
// handed in.

import { browser } from "./browser.js";
import { Delivery } from "./delivery.js";
import { FeedReader } from "./feed-reader.js";
import { VIEW } from "./gettext.js";
import { Ladder, stayAway } from "./ladder.js";
import { EventsRoad, PollingRoad, SocketRoad } from "./roads.js";
import { Timers } from "./timers.js";

const GREETING_MS = 10_000; // a proxy may take the connection and let nothing through
const SILENCE_MS = 25_000; // the server beats every 10 s
const HELD_MS = 10_000;
const LOOK_EVERY_MS = 5_000; // timers stand still while the machine sleeps, so the clock is looked at
const FRESH_MS = 12_000;
const ROADS = { websocket: SocketRoad, sse: EventsRoad, polling: PollingRoad };

/**
 * Keeps `feed` current. A feed is anything with `cursor`, `receive(frame)` → "current" | "behind" | "resync" and
 * `replace(snapshot)` → whether it was taken.
 *
 * Fires "hello" (the frame), "status" (detail {online}) when that changes, and "refused" (detail {code}) when the server
 * said to stay away, after which the stream is closed for good.
 */
export class Stream extends EventTarget {
  #streamUrl;
  #reader;
  #feed;
  #environment;
  #ladder;
  #delivery;
  #timers;
  #trip = null; // on the road we take: {name, road, heardAt, greeted}
  #scout = null; // the same, on a better road that has not answered yet
  #online = null;
  #open = false;

  constructor({ streamUrl, feedUrl, feed, view = VIEW, environment = {} }) {
    super();
    this.#feed = feed;
    this.#environment = { ...browser(), ...environment };
    const { WebSocket, EventSource, random, fetch } = this.#environment;
    const roads = [WebSocket && "websocket", EventSource && "sse", "polling"].filter(Boolean);
    this.#ladder = new Ladder({ roads, random });
    this.#timers = new Timers(this.#environment);
    this.#streamUrl = this.#address(streamUrl, view);
    this.#reader = new FeedReader({ address: this.#address(feedUrl, view), fetch });
    this.#delivery = new Delivery({ feed, reader: this.#reader, timers: this.#timers, random });
  }

  // Lifecycle

  /** Connect, and stay connected until close(). */
  open() {
    this.#open = true;
    this.#listen("addEventListener");
    this.#connect();
  }

  close() {
    this.#open = false;
    this.#listen("removeEventListener");
    this.pause();
  }

  // Actions

  get online() {
    return this.#online === true;
  }

  /** How updates come now: "websocket", "sse" or "polling". */
  get road() {
    return this.#ladder.road;
  }

  /** Come back at once when the page, the machine or the network has slept; do nothing when the stream is fresh. */
  wake = () => {
    if (!this.#open || this.#environment.document?.visibilityState === "hidden") return;
    const fresh = this.#trip && this.#environment.now() - this.#trip.heardAt < FRESH_MS;
    if (fresh) return;
    this.#ladder.forgive();
    this.#connect();
    if (!this.#ladder.isBest) this.#climb();
  };

  /** Let go of the server while the page is put away (bfcache keeps no page that is connected); wake() resumes. */
  pause = () => {
    this.#timers.stopAll();
    this.#delivery.reset();
    this.#leave();
  };

  // Internal: the road

  #connect() {
    this.pause();
    const trip = this.#begin(this.#ladder.road);
    this.#trip = trip;
    if (!this.#ladder.isBest) this.#planClimb();
    this.#set(trip);
  }

  #climb() {
    this.#timers.stop("climb");
    this.#scout = this.#begin(this.#ladder.above);
    this.#set(this.#scout);
  }

  #planClimb() {
    this.#timers.start("climb", this.#ladder.climbPause, () => this.#climb());
  }

  #begin(name) {
    const trip = { name, heardAt: this.#environment.now(), greeted: false };
    const mine = () => trip === this.#trip || trip === this.#scout;
    trip.road = new ROADS[name]({
      environment: this.#environment,
      streamUrl: this.#streamUrl,
      reader: this.#reader,
      cursor: () => this.#feed.cursor,
      hear: (frame) => mine() && this.#hear(trip, frame),
      end: (code) => mine() && this.#ended(trip, code),
      miss: () => mine() && this.#say(false),
    });
    return trip;
  }

  #set(trip) {
    if (trip.name !== "polling") this.#watch(trip);
    trip.road.open(this.#feed.cursor);
  }

  #leave() {
    for (const trip of [this.#trip, this.#scout]) this.#abandon(trip);
    this.#trip = null;
    this.#scout = null;
  }

  #abandon(trip) {
    this.#timers.stop(trip);
    trip?.road.close();
  }

  #watch(trip) {
    const now = this.#environment.now();
    trip.heardAt = Math.min(trip.heardAt, now); // clocks are put back at times
    const left = trip.heardAt + (trip.greeted ? SILENCE_MS : GREETING_MS) - now;
    if (left <= 0) this.#ended(trip, null);
    else this.#timers.start(trip, Math.min(left, LOOK_EVERY_MS), () => this.#watch(trip));
  }

  #ended(trip, code) {
    if (stayAway(code)) {
      this.close();
      this.#say(false);
      this.dispatchEvent(new CustomEvent("refused", { detail: { code } }));
    } else if (trip === this.#scout) {
      this.#abandon(trip);
      this.#scout = null;
      this.#ladder.slipped({ online: this.online });
      this.#planClimb();
    } else {
      this.#again(code);
    }
  }

  #again(code = null) {
    const pause = this.#ladder.ended(code);
    this.pause();
    this.#say(false);
    this.#timers.start("retry", pause, () => this.#connect());
  }

  #hear(trip, frame) {
    if (!frame) {
      this.#ended(trip, null);
      return;
    }
    trip.heardAt = this.#environment.now();
    if (frame.ticket) this.#streamUrl.searchParams.set("ticket", frame.ticket);
    if (!trip.greeted) this.#greeted(trip);
    if (frame.type === "hello") this.dispatchEvent(new CustomEvent("hello", { detail: frame }));
    this.#say(true);
    if (!this.#delivery.take(frame)) this.#again();
  }

  #greeted(trip) {
    trip.greeted = true;
    if (trip === this.#scout) {
      this.#abandon(this.#trip);
      this.#trip = trip;
      this.#scout = null;
      this.#ladder.climbed(trip.name);
      if (!this.#ladder.isBest) this.#planClimb();
    }
    this.#timers.start("held", HELD_MS, () => this.#ladder.held());
  }

  // Internal: small things

  #listen(how) {
    const { window, document } = this.#environment;
    window?.[how]("online", this.wake);
    window?.[how]("pageshow", this.wake);
    window?.[how]("pagehide", this.pause);
    document?.[how]("visibilitychange", this.wake);
    document?.[how]("resume", this.wake);
  }

  #address(path, view) {
    const address = new URL(path, this.#environment.base);
    address.searchParams.set("view", view);
    return address;
  }

  #say(online) {
    if (this.#online === online) return;
    this.#online = online;
    this.dispatchEvent(new CustomEvent("status", { detail: { online } }));
  }
}
