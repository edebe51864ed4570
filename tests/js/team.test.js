import assert from "node:assert/strict";
import { test } from "node:test";

import { DeskFeed } from "../../static/js/models/desk-feed.js";
import { Pace } from "../../static/js/models/pace.js";
import { Team } from "../../static/js/models/team.js";

const desk = (id, posts = [], more = {}) => ({ id, person: id, name: id.toUpperCase(), busy: true, posts, ...more });
const frame = (turn, ...desks) => ({ type: "team", turn, desks });

function team(first) {
  const self = new Team({ own: "me", frame: first });
  const told = [];
  self.addEventListener("change", ({ detail }) => told.push(detail.moved));
  return { self, told };
}

test("a post is mine, somebody else's or nobody's", () => {
  const { self } = team(frame(1, desk("ada", ["a"]), desk("me", ["b"])));

  assert.deepEqual([self.holder("a")?.name, self.holder("b"), self.holder("c")], ["ADA", null, null]);
  assert.deepEqual(["a", "b", "c"].map((id) => self.isMine(id)), [false, true, false]);
  assert.deepEqual(self.others.map(({ id }) => id), ["ada"]);
});

test("what I approved as the first of two is for others, also when I am alone", () => {
  const posts = [{ id: "a", approver: "mia" }, { id: "b", approver: "max" }, { id: "c", approver: null }];

  for (const others of [[], [desk("ada")]]) {
    const mia = new Team({ own: "me", person: "mia", frame: frame(1, desk("me", ["a", "b", "c"]), ...others) });

    assert.deepEqual(mia.own(posts).map(({ id }) => id), ["b", "c"]);
    assert.deepEqual(mia.free(posts).map(({ id }) => id), ["b", "c"]);
  }
});

test("who is the only one at work is alone, whoever else has the page open", () => {
  assert.equal(team(frame(1, desk("me"))).self.alone, true);
  assert.equal(team(frame(1, desk("me"), desk("ada", [], { busy: false }))).self.alone, true);
  assert.equal(team(frame(1, desk("me"), desk("ada"))).self.alone, false);
});

test("what is older than what is known is passed over, until another server speaks", () => {
  const { self, told } = team(frame(7, desk("ada", ["a"])));

  self.take(frame(6));
  const before = self.holder("a")?.id;
  self.begin();
  self.take(frame(2));

  assert.equal(before, "ada");
  assert.equal(self.holder("a"), null);
  assert.equal(told.length, 1);
});

test("a change tells whether others came to work or left it", () => {
  const { self, told } = team(frame(1, desk("me")));

  self.take(frame(2, desk("me", ["a"])));
  self.take(frame(3, desk("me", ["a"]), desk("ada")));
  self.take(frame(4, desk("me", ["a"]), desk("ada", [], { busy: false })));
  self.take(frame(4, desk("me", ["a"]), desk("ada", [], { busy: false })));

  assert.deepEqual(told, [false, true, true]);
});

test("a desk that the server does not know has no seat", () => {
  assert.equal(team(frame(1, desk("ada"))).self.seated, false);
  assert.equal(team(frame(1, desk("me"))).self.seated, true);
});

test("the stream's frames go to the queue, and those of the team to the team", () => {
  const received = [];
  const queue = { cursor: "Vq3k:1", receive: (one) => received.push(one.type) && "behind", replace: () => true };
  const { self } = team(null);
  const feed = new DeskFeed({ queue, team: self });

  const verdicts = [feed.receive(frame(1, desk("ada", ["a"]))), feed.receive({ type: "beat" })];

  assert.deepEqual([verdicts, received], [["current", "behind"], ["beat"]]);
  assert.equal(self.holder("a").id, "ada");
  assert.equal(feed.cursor, "Vq3k:1");
  assert.equal(feed.replace({}), true);
});

test("the pace is of the last minute, the team's and one's own", () => {
  const pace = new Pace({ team: [1_000, 50_000], mine: [50_000] });

  pace.add(60_000);
  pace.addMine(60_500);

  assert.deepEqual(pace.lastMinute(60_900), { team: 3, mine: 2 });
  assert.deepEqual(pace.lastMinute(62_000), { team: 2, mine: 2 });
  assert.deepEqual(pace.lastMinute(130_000), { team: 0, mine: 0 });
});

test("posts are asked for before the last ones are decided, and for the one on the stage", () => {
  const posts = ["a", "b", "c", "d"].map((id) => ({ id }));
  const { self } = team(frame(1, desk("me", ["a", "b"]), desk("ada", ["c"])));

  assert.equal(self.wants(posts, "a", 10), true);
  assert.equal(self.wants(posts, "a", 2), false);
  assert.equal(self.wants(posts, "d", 2), true);
  assert.equal(self.wants(posts, "c", 2), false);
  assert.equal(self.wants(posts.slice(0, 3), "a", 10), false);
  assert.equal(team(frame(1, desk("me"))).self.wants(posts, "a", 10), false);
});

test("who is alone may take up everything, and one of several what they hold", () => {
  const posts = ["a", "b", "c"].map((id) => ({ id }));

  assert.deepEqual(team(frame(1, desk("me", ["a"]))).self.own(posts), posts);
  const { self } = team(frame(1, desk("me", ["a"]), desk("ada", ["b"])));
  assert.deepEqual([self.own(posts), self.free(posts)], [[{ id: "a" }], [{ id: "a" }, { id: "c" }]]);
});
