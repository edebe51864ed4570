// What a moderator's hand does: it decides about the post under decision, takes back, and moves on to another.

import { _ } from "../models/gettext.js";
import { done, quoted, takenBack } from "../models/words.js";
import { Glance } from "./glance.js";
import { Reasons } from "./reasons.js";

export class Hand {
  #desk;
  #under;
  #view;
  #glance;
  #reasons = new Reasons();
  #awaited = null; // id of a post taken back that has no card here yet

  constructor(root, { desk, under, view }) {
    this.#desk = desk;
    this.#under = under;
    this.#view = view;
    this.#glance = new Glance(root);
  }

  // Actions

  decide(kind, why = {}) {
    if (!this.#under.post || this.#glance.on) return;
    const { decidable: post } = this.#under;
    // A key that was meant for a post that is decided already must not hit the next one.
    this.#advance();
    if (post) {
      this.#desk.deciding.decide(post, kind, why);
      this.#desk.said.say(done(kind, post, why), "done", this.nextWords);
    }
    this.#view.next({ follow: true });
  }

  /** Call `decide(reason)` with the reason that is chosen, if the post is still under decision then. */
  askReason(decide) {
    const post = this.#under.decidable;
    if (!post || this.#glance.on) return;
    const chosen = (reason) => {
      // It may have been decided, or taken away, while the list was open.
      if (this.#under.decidable?.id === post.id) decide(reason);
      else this.#desk.said.say(_("Not rejected here: %(post)s is not under decision any more.", { post: quoted(post.words) }), "note");
    };
    this.#reasons.open({ kind: "reject", words: quoted(post.words), chosen });
  }

  undo(which = this.#desk.deciding.decisions.last) {
    if (!which) return;
    if (which.post.element) this.#take(which.post);
    else this.#awaited = which.post.id;
    const { length } = this.#desk.deciding.undo(which);
    this.#desk.said.say(takenBack(length, which.post.words), "note");
    this.#view.next({ follow: true });
  }

  write(kind) {
    const { decidable: post } = this.#under;
    if (post) this.#desk.writing[kind](post);
  }

  /** Move among these posts by one. */
  move(step, posts) {
    if (!this.#under.move(posts, step)) {
      if (!this.#under.gone) return;
      this.#advance();
    }
    this.turn();
    this.#desk.said.speak(this.nextWords);
    this.#view.next({ follow: true });
  }

  choose(id) {
    const post = this.#desk.expected.posts.find((other) => other.id === id);
    if (!post || id === this.#under.id) return;
    this.#take(post);
    this.#view.now();
    // On a phone the line of the post under decision is not shown, and cannot keep the focus.
    if (!post.element.offsetParent) this.#view.stage.focus();
  }

  /** Other posts are shown now: if the one under decision is none of them, the first free one is. */
  turnTo(posts) {
    const { id } = this.#under;
    if (!posts.some((post) => post.id === id)) this.#under.take(this.#desk.team.free(posts)[0] ?? posts[0]);
    this.turn();
    this.#view.next({ follow: true });
  }

  /** Leave these posts, of which the hand has just disposed. */
  leave(posts) {
    const ids = new Set(posts.map(({ id }) => id));
    const { team, expected } = this.#desk;
    if (ids.has(this.#under.id)) this.#under.advance(team.free(expected.posts).filter(({ id }) => !ids.has(id)));
    this.turn();
  }

  /** Another post is under decision, by the person's own hand, or the hand is on it. */
  turn() {
    this.#under.turn();
    this.#glance.end();
  }

  /** Posts have changed. Returns what that means for the one under decision, as `UnderDecision.follow` does. */
  follow(updates) {
    const { team, expected, said } = this.#desk;
    const { posts } = expected;
    const awaited = this.#awaited && posts.find(({ id }) => id === this.#awaited);
    if (awaited) {
      this.#awaited = null;
      this.#take(awaited);
    }
    const what = this.#under.follow(posts, team.own(posts), updates);
    if (["changed", "arrived", "back"].includes(what)) this.#glance.begin();
    if (what === "gone") said.speak(this.#view.note);
    if (what === "arrived") said.speak(this.nextWords);
    return what;
  }

  /** What comes under decision, for who cannot see it. */
  get nextWords() {
    const { post } = this.#under;
    return post ? _("Under decision: %(name)s: %(words)s", { name: post.name, words: post.words }) : _("Nothing is waiting.");
  }

  // Internal

  /** Go on: to the next post of one's own, else to one that nobody holds. */
  #advance() {
    const { team, expected } = this.#desk;
    const own = team.own(expected.posts);
    this.#under.advance(own.some(({ id }) => id !== this.#under.id) ? own : team.free(expected.posts));
    this.turn();
  }

  #take(post) {
    this.#under.take(post);
    this.turn();
  }
}
