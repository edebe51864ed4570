// Which scene of its plan a screen shows, and until when. Pure: it is told the time and touches no page.
//
// Scenes take their turns in the order of the list; one with nothing to show is passed over. Priority 1 lets a scene come
// at once when it has something new, once, and what it interrupted has the rest of its time afterwards. Priority 2 lets
// nothing of a lower one take its turn meanwhile. While a session of the programme wants quiet, scenes of posts have
// nothing to show. A direction (core/scenes.py) stands above all that.

const POST_SECONDS = 20;

/** The scene of a plan that has no wall: what is shown when nothing else has anything to show. */
export const WALL = Object.freeze({
  id: "", kind: "wall", element: "poster-wall", html: null, data: null, seconds: 60, transition: "fade", priority: 0, rail: true,
});
const FREE = Object.freeze({ id: "", show: null, held: false, frozen: false, blank: false, turn: 0, since: null });

export class Scenes {
  #scenes = [];
  #direction = FREE;
  #quiet = [];
  #silent = false;
  #turned = null; // how far `turn` was when it was last heeded
  #current = null; // {id, since, left}: since when it is shown, and how long it may stay in all, in ms
  #begins = ""; // the id of the scene that comes first, once
  #shown = null; // the id of the scene that somebody wanted shown, for as long as nothing else was
  #interrupted = null; // the same as the current one, of what gave way to a scene that came at once
  #seen = new Map(); // id → the news of a scene when it was shown last

  // Actions

  /** Take in a plan: {scenes, direction, quiet}. What is shown keeps its time. */
  take({ scenes = [], direction = FREE, quiet = [] } = {}) {
    this.#scenes = scenes;
    this.#quiet = quiet.map(({ starts, ends, keep }) => ({ starts: Date.parse(starts), ends: Date.parse(ends), keep }));
    this.#direction = { ...FREE, ...direction };
    this.#turned ??= this.#direction.turn;
  }

  /** Where it is among its turns, for a page that is loaded anew: {scene, turn}. */
  get place() {
    const { id } = this.#scenes.find(({ id }) => id === this.#shown) ?? this.#current ?? { id: "" };
    return { scene: id, turn: this.#turned };
  }

  /** Go on from where an earlier page was, before the first plan is taken in. */
  resume({ scene = "", turn = null }) {
    this.#begins = scene;
    this.#turned = Number.isInteger(turn) ? turn : null;
  }

  get direction() {
    return this.#direction;
  }

  /** Whether a session wants no posts just now, and nothing else has anything to show: then the event's title stands. */
  get silent() {
    return this.#silent;
  }

  /** The scene in which posts hang when nothing else is to be seen. */
  get wall() {
    return this.#scenes.find(({ element }) => element === WALL.element) ?? WALL;
  }

  /**
   * Return {scene, until} for a moment in ms. `news(scene)` says what a scene has to show: null for nothing, else a word
   * that is another one when there is something new.
   */
  step(now, news) {
    this.#silent = false;
    const directed = this.#directed(now, news);
    if (directed) return directed;
    const { keep, until } = quietAt(this.#quiet, now);
    const step = this.#turn(now, (scene) => (mayShow(scene, keep) ? news(scene) : null));
    this.#silent = !mayShow(step.scene, keep);
    return { ...step, until: Math.min(step.until, until) };
  }

  // Internal

  #turn(now, news) {
    for (const { id } of this.#scenes.filter((scene) => news(scene) === null)) this.#seen.delete(id);
    const ready = this.#pool(news);
    if (ready.length === 0) {
      this.#current = null;
      return { scene: this.wall, until: Infinity };
    }
    const scene = this.#choose(ready, now, news);
    const fresh = news(scene) !== this.#seen.get(scene.id);
    if (scene.id !== this.#current?.id) this.#current = { id: scene.id, since: now, left: this.#left(scene) };
    else if (fresh && scene.priority > 0) this.#current = { ...this.#current, since: now, left: scene.seconds * 1000 };
    this.#begins = "";
    this.#seen.set(scene.id, news(scene));
    if (this.#current.since > now) this.#current.since = now; // the clock was put back
    return { scene, until: this.#direction.held ? Infinity : this.#current.since + this.#current.left };
  }

  /** What somebody wants shown now: for as long as it is held, or as a scene lasts. */
  #directed(now, news) {
    const { show, held, since } = this.#direction;
    if (!show) return null;
    const scene = show.post ? onePost(show.post) : this.#scenes.find(({ id }) => id === show.scene);
    if (!scene || (!show.post && news(scene) === null)) return null;
    const until = held ? Infinity : Date.parse(since) + scene.seconds * 1000;
    if (until <= now) return null;
    this.#shown = scene.id;
    this.#turned = this.#direction.turn; // who said “next” before that has what they wanted
    return { scene, until };
  }

  /** The scenes that may take a turn. */
  #pool(news) {
    const ready = this.#scenes.filter((scene) => news(scene) !== null);
    const alone = ready.filter(({ priority }) => priority === 2);
    return alone.length > 0 ? alone : ready;
  }

  #choose(ready, now, news) {
    const here = ready.find(({ id }) => id === (this.#current?.id ?? this.#begins));
    const shown = ready.find(({ id }) => id === this.#shown) ?? here;
    const turns = this.#direction.turn - this.#turned;
    this.#turned = this.#direction.turn;
    this.#shown = null;
    if (turns !== 0) {
      this.#interrupted = null;
      this.#current = null;
      return this.#beside(ready, shown?.id, turns);
    }
    if (here && (this.#direction.held || !this.#current)) return here;
    const comes = ready.find((scene) => scene.priority === 1 && news(scene) !== this.#seen.get(scene.id));
    if (comes && comes !== here) {
      this.#interrupt(here, now);
      return comes;
    }
    if (here && now < this.#current.since + this.#current.left) return here;
    const back = ready.find(({ id }) => id === this.#interrupted?.id);
    if (back) return back;
    this.#interrupted = null;
    const next = this.#after(ready, this.#current?.id);
    if (next === here) this.#current = { id: next.id, since: now, left: next.seconds * 1000 };
    return next;
  }

  #interrupt(here, now) {
    if (!here || this.#interrupted) return;
    const left = this.#current.since + this.#current.left - now;
    if (left > 0) this.#interrupted = { id: here.id, left };
  }

  /** How long a scene that comes now may stay: what it was short of, if it was interrupted. */
  #left(scene) {
    if (this.#interrupted?.id !== scene.id) return scene.seconds * 1000;
    const { left } = this.#interrupted;
    this.#interrupted = null;
    return left;
  }

  /** The next of the ready scenes after one of the list, which need not be ready itself. */
  #after(ready, id) {
    const place = this.#scenes.findIndex((scene) => scene.id === id);
    const round = [...this.#scenes.slice(place + 1), ...this.#scenes.slice(0, place + 1)];
    return round.find((scene) => ready.includes(scene));
  }

  /** The ready scene as many turns away, forwards or back. */
  #beside(ready, id, turns) {
    const place = ready.findIndex((scene) => scene.id === id);
    const from = place === -1 && turns > 0 ? -1 : Math.max(place, 0);
    return ready.at((((from + turns) % ready.length) + ready.length) % ready.length);
  }
}

/** How quiet it is at a moment, the quietest of several, and until when at least: {keep, until}, keep null for not at all. */
function quietAt(quiet, now) {
  const kept = quiet.filter(({ starts, ends }) => starts <= now && now < ends).map(({ keep }) => keep);
  const ahead = quiet.flatMap(({ starts, ends }) => [starts, ends]).filter((time) => time > now);
  const keep = ["nothing", "questions"].find((one) => kept.includes(one)) ?? null;
  return { keep, until: Math.min(...ahead, Infinity) };
}

/** Whether a scene may be shown while so much is kept: one without posts always. */
function mayShow({ element, kind }, keep) {
  return keep === null || !element || (keep === "questions" && kind === "questions");
}

/** The scene that shows one post of a direction. */
function onePost(post) {
  return { ...WALL, id: `post ${post.id}`, kind: "post", element: "big-post", posts: [post], seconds: POST_SECONDS };
}

/** A plan without posts that left the wall: those asked for now, and what html holds of one until it is rendered anew. */
export function without(plan, removed) {
  if (!plan || removed.length === 0) return plan;
  const { direction = FREE, scenes = [] } = plan;
  const gone = removed.includes(direction.show?.post?.id);
  return {
    ...plan,
    direction: gone ? { ...direction, show: null } : direction,
    scenes: scenes.map((scene) => (removed.some((id) => scene.html?.includes(id)) ? { ...scene, html: null } : scene)),
  };
}
