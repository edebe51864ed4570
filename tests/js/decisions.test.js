import assert from "node:assert/strict";
import { test } from "node:test";

import { Decisions } from "../../static/js/models/decisions.js";

const post = (id, more = {}) => ({ id, version: 1, hash: `h-${id}`, ...more });
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A server that answers by a list of faults first, and then by what is asked; `hold` lets answers wait. */
function server(...faults) {
  const asked = [];
  const versions = new Map();
  const held = [];
  const self = { asked, held, hold: false };
  self.send = async (body) => {
    asked.push(body);
    if (self.hold) await new Promise((resolve) => held.push(resolve));
    const fault = faults.shift();
    if (fault) return fault;
    const version = (versions.get(body.post) ?? 1) + 1;
    versions.set(body.post, version);
    return { status: 200, body: { id: body.post, status: "approved", version, pinned: false } };
  };
  return self;
}

function desk(remote) {
  let number = 0;
  const timers = [];
  const decisions = new Decisions({
    send: remote.send,
    drawId: () => `d${(number += 1)}`,
    environment: {
      setTimeout: (action, pause) => timers.push({ action, pause }),
      clearTimeout: (id) => (timers[id - 1].action = () => {}),
      random: () => 1,
    },
  });
  const told = [];
  decisions.addEventListener("answered", ({ detail }) => told.push(["answered", detail.decision.id, detail.answer.version]));
  decisions.addEventListener("refused", ({ detail }) => told.push(["refused", detail.decision.id, detail.status]));
  const wait = async () => {
    timers.at(-1).action();
    await settle();
  };
  return { decisions, told, timers, wait };
}

const conflict = { status: 409, body: { error: { code: "already_decided", message: "Max was faster.", version: 2, status: "rejected" } } };

test("ids are drawn of letters and digits", () => {
  const decisions = new Decisions({ send: server().send });

  const { id } = decisions.decide(post("a"), "approve");

  assert.match(id, /^[0-9a-f]{32}$/);
});

test("a decision carries what was seen of the post", async () => {
  const remote = server();
  const { decisions, told } = desk(remote);

  decisions.decide(post("a", { version: 4 }), "approve");
  await settle();

  assert.deepEqual(remote.asked, [{ id: "d1", post: "a", kind: "approve", version: 4, hash: "h-a" }]);
  assert.deepEqual(told, [["answered", "d1", 2]]);
  assert.equal(decisions.unsent, 0);
});

test("a refusal for a picture says so, and its undo does not", async () => {
  const remote = server();
  const { decisions } = desk(remote);

  decisions.decide(post("a"), "reject", { picture: true });
  await settle();
  decisions.undo();
  await settle();

  assert.deepEqual(remote.asked.map(({ kind, picture }) => [kind, picture]), [["reject", true], ["undo", undefined]]);
});

test("decisions go one after the other, in their order", async () => {
  const remote = server();
  remote.hold = true;
  const { decisions } = desk(remote);

  for (const id of ["a", "b", "c"]) decisions.decide(post(id), "approve");
  const first = remote.asked.map(({ post: id }) => id);
  remote.hold = false;
  remote.held.forEach((release) => release());
  await settle();

  assert.deepEqual(first, ["a"]);
  assert.deepEqual(remote.asked.map(({ post: id }) => id), ["a", "b", "c"]);
});

test("a hundred quick decisions are each sent once", async () => {
  const remote = server();
  const { decisions, told } = desk(remote);

  for (let number = 0; number < 100; number += 1) decisions.decide(post(`p${number}`), "reject");
  while (decisions.unsent) await settle();

  assert.equal(new Set(remote.asked.map(({ id }) => id)).size, 100);
  assert.equal(told.length, 100);
});

for (const [name, fault] of [
  ["a lost network", { status: 0, body: null }],
  ["a store that is away", { status: 503, body: { error: { code: "store_unavailable" } } }],
  ["a page of somebody else", { status: 200, body: null }],
  ["an answer about another post", { status: 200, body: { id: "x", version: 2 } }],
]) {
  test(`${name} is outlasted with the same id, before all that follow`, async () => {
    const remote = server(fault, fault);
    const { decisions, told, wait } = desk(remote);

    decisions.decide(post("a"), "approve");
    decisions.decide(post("b"), "reject");
    await settle();
    const meanwhile = [decisions.unsent, decisions.stuck];
    await wait();
    await wait();

    assert.deepEqual(meanwhile, [2, true]);
    assert.deepEqual(remote.asked.map(({ id }) => id), ["d1", "d1", "d1", "d2"]);
    assert.deepEqual(told.map(([what, id]) => [what, id]), [["answered", "d1"], ["answered", "d2"]]);
    assert.equal(decisions.stuck, false);
  });
}

test("pauses grow to ten seconds and end at once when the network is back", async () => {
  const remote = server(...Array(8).fill({ status: 0, body: null }));
  const { decisions, timers, wait } = desk(remote);
  decisions.decide(post("a"), "approve");
  await settle();
  for (let failure = 1; failure < 7; failure += 1) await wait();

  decisions.wake();
  await settle();
  await wait();

  assert.deepEqual(timers.map(({ pause }) => pause), [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
  assert.equal(decisions.unsent, 0);
});

test("a fault of the server that stays is a refusal", async () => {
  const remote = server(...Array(5).fill({ status: 500, body: null }));
  const { decisions, told, wait } = desk(remote);

  decisions.decide(post("a"), "approve");
  await settle();
  for (let failure = 0; failure < 4; failure += 1) await wait();

  assert.deepEqual(told, [["refused", "d1", 500]]);
});

test("a conflict is told once and does not hold up the next", async () => {
  const remote = server(conflict);
  const { decisions, told } = desk(remote);

  decisions.decide(post("a"), "approve");
  decisions.decide(post("b"), "approve");
  await settle();

  assert.deepEqual(told, [["refused", "d1", 409], ["answered", "d2", 2]]);
  assert.equal(remote.asked.length, 2);
  assert.equal(decisions.last.id, "d2");
});

test("undoing a decision that never left sends nothing", async () => {
  const remote = server();
  remote.hold = true;
  const { decisions } = desk(remote);
  decisions.decide(post("a"), "approve");
  decisions.decide(post("b"), "approve");

  const { undone, decision } = decisions.undo();

  assert.equal(undone.post.id, "b");
  assert.equal(decision, null);
  assert.equal(decisions.unsent, 1);
});

test("an undo speaks of the version that the decision made, though it is asked before the answer", async () => {
  const remote = server();
  const { decisions } = desk(remote);

  decisions.decide(post("a"), "approve");
  decisions.undo();
  await settle();

  assert.deepEqual(remote.asked.map(({ kind, version }) => [kind, version]), [["approve", 1], ["undo", 2]]);
  assert.equal(decisions.last, null);
});

test("deciding again after an undo goes on from there", async () => {
  const remote = server();
  const { decisions } = desk(remote);

  decisions.decide(post("a"), "approve");
  decisions.undo();
  decisions.decide(post("a"), "reject");
  await settle();

  assert.deepEqual(remote.asked.map(({ kind, version }) => [kind, version]), [["approve", 1], ["undo", 2], ["reject", 3]]);
});

test("a post seen at a newer version than our last decision made is decided as seen", async () => {
  const remote = server();
  const { decisions } = desk(remote);
  decisions.decide(post("a"), "approve");
  await settle();

  decisions.decide(post("a", { version: 7 }), "reject");
  await settle();

  assert.equal(remote.asked[1].version, 7);
});

test("the undo of a decision that was refused is not sent", async () => {
  const remote = server(conflict);
  const { decisions, told } = desk(remote);

  decisions.decide(post("a"), "approve");
  decisions.undo();
  await settle();

  assert.equal(remote.asked.length, 1);
  assert.deepEqual(told, [["refused", "d1", 409], ["refused", "d2", 0]]);
});

test("undos go back one by one, newest first", async () => {
  const { decisions } = desk(server());
  for (const id of ["a", "b", "c"]) decisions.decide(post(id), "approve");
  await settle();

  const undone = [decisions.undo(), decisions.undo(), decisions.undo()].map((one) => one.undone.post.id);

  assert.deepEqual(undone, ["c", "b", "a"]);
  assert.equal(decisions.undo(), null);
});

/** A server that also takes many decisions at once, and gives up where `stopAt` says. */
function bulkServer({ stopAt = Infinity, ...answers } = {}) {
  const remote = server();
  const many = [];
  const self = { ...remote, many, stopAt };
  self.sendMany = async (bodies) => {
    many.push(bodies.map(({ id }) => id));
    const taken = bodies.slice(0, self.stopAt);
    return { status: 200, body: { answers: await Promise.all(taken.map(async (body) => ({ id: body.id, ...(answers[body.post] ?? (await remote.send(body))) }))) } };
  };
  return self;
}

function bulkDesk(remote) {
  let number = 0;
  const timers = [];
  const decisions = new Decisions({
    send: remote.send,
    sendMany: remote.sendMany,
    drawId: () => `d${(number += 1)}`,
    environment: { setTimeout: (action) => timers.push(action), clearTimeout: () => {}, random: () => 1 },
  });
  const refused = [];
  decisions.addEventListener("refused", ({ detail }) => refused.push(detail.decision.post.id));
  return { decisions, refused, timers };
}

const many = (count) => Array.from({ length: count }, (_, place) => post(`p${place}`));

test("a group is sent in few requests and answered one by one", async () => {
  const remote = bulkServer();
  const { decisions } = bulkDesk(remote);

  decisions.decideAll(many(120), "reject");
  await settle();

  assert.deepEqual(remote.many.map(({ length }) => length), [50, 50, 20]);
  assert.equal(decisions.unsent, 0);
  assert.equal(remote.asked[0].kind, "reject");
});

test("of a group only what somebody was faster with is refused", async () => {
  const remote = bulkServer({ p1: conflict });
  const { decisions, refused } = bulkDesk(remote);

  decisions.decideAll(many(3), "reject");
  await settle();

  assert.deepEqual(refused, ["p1"]);
  assert.equal(decisions.unsent, 0);
});

test("what of a group was not answered is sent again, with the same ids", async () => {
  const remote = bulkServer({ stopAt: 2 });
  const { decisions } = bulkDesk(remote);

  decisions.decideAll(many(3), "reject");
  await settle();

  assert.deepEqual(remote.many[0].slice(2), [remote.asked[2].id]);
  assert.equal(decisions.unsent, 0);
});

test("what is decided while one is on its way goes in one request", async () => {
  const remote = bulkServer();
  const { decisions } = bulkDesk(remote);

  for (const one of many(10)) decisions.decide(one, "approve");
  await settle();

  assert.deepEqual(remote.many, [["d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10"]]);
  assert.equal(remote.asked.length, 10);
  assert.equal(decisions.unsent, 0);
});

test("one request never holds two decisions about one post", async () => {
  const remote = bulkServer();
  const { decisions } = bulkDesk(remote);

  decisions.decideAll(many(2), "approve");
  decisions.undo();
  decisions.decide(post("p9"), "approve");
  await settle();

  assert.deepEqual(remote.many, [["d2", "d3"], ["d4", "d5"]]);
  assert.deepEqual(remote.asked.map(({ post: id, kind, version }) => [id, kind, version]), [
    ["p0", "approve", 1],
    ["p1", "approve", 1],
    ["p1", "undo", 2],
    ["p9", "approve", 1],
  ]);
});

test("what is written on a post goes through its own door, in its turn", async () => {
  const remote = bulkServer();
  const { decisions } = bulkDesk(remote);

  for (const one of many(3)) decisions.decide(one, "approve");
  decisions.write(post("p4"), "note", { text: "Ask first", seen: "" });
  decisions.decide(post("p5"), "approve");
  await settle();

  assert.deepEqual(remote.many, [["d2", "d3"]]);
  assert.deepEqual(remote.asked.map(({ id }) => id), ["d1", "d2", "d3", "d4", "d5"]);
});

test("what is decided on hearing of another is sent once", async () => {
  const remote = bulkServer({ p1: conflict });
  const { decisions } = bulkDesk(remote);
  decisions.addEventListener("refused", () => decisions.decide(post("p9"), "stash"));

  decisions.decideAll(many(3), "reject");
  await settle();

  assert.deepEqual(remote.asked.map(({ post: id }) => id), ["p0", "p2", "p9"]);
  assert.equal(decisions.unsent, 0);
});

test("after a lost network what was decided goes out in order, one request after the other", async () => {
  const remote = bulkServer();
  const lost = async () => ({ status: 0, body: null });
  const line = { send: lost, sendMany: lost };
  const { decisions, timers } = bulkDesk({ send: (body) => line.send(body), sendMany: (bodies) => line.sendMany(bodies) });
  for (const one of many(60)) decisions.decide(one, "approve");
  await settle();

  Object.assign(line, remote);
  timers.at(-1)();
  await settle();

  assert.deepEqual(remote.many.map(({ length }) => length), [50, 10]);
  assert.deepEqual(remote.asked.map(({ post: id }) => id), many(60).map(({ id }) => id));
  assert.equal(decisions.unsent, 0);
});

test("what the server cannot cope with is sent alone, so that it spoils no other", async () => {
  const remote = bulkServer();
  const fault = { status: 500, body: null };
  const send = async (body) => (body.post === "p1" ? fault : remote.send(body));
  const { decisions, refused, timers } = bulkDesk({ send, sendMany: async () => fault });
  decisions.decideAll(many(3), "reject");
  await settle();

  while (timers.length) {
    timers.shift()();
    await settle();
  }

  assert.deepEqual(refused, ["p1"]);
  assert.deepEqual(remote.asked.map(({ post: id }) => id), ["p0", "p2"]);
});

test("a group that meets a store that is away waits as a whole", async () => {
  const remote = bulkServer({ p0: { status: 503, body: {} } });
  const { decisions, timers } = bulkDesk(remote);

  decisions.decideAll(many(3), "reject");
  await settle();

  assert.equal(decisions.unsent, 3);
  assert.equal(timers.length, 1);
});

test("a group is taken back as a whole", async () => {
  const remote = bulkServer();
  const { decisions } = bulkDesk(remote);
  const { group } = decisions.decideAll(many(3), "reject")[0];
  await settle();

  const results = decisions.undoAll(group);
  await settle();

  assert.deepEqual(results.map(({ undone }) => undone.post.id), ["p0", "p1", "p2"]);
  assert.deepEqual(remote.asked.slice(3).map(({ kind, version }) => [kind, version]), [["undo", 2], ["undo", 2], ["undo", 2]]);
  assert.equal(remote.many.length, 2);
  assert.equal(decisions.last, null);
});

test("of a group that was on its way, what never left is dropped", async () => {
  const remote = bulkServer();
  const { decisions } = bulkDesk(remote);
  const { group } = decisions.decideAll(many(60), "reject")[0];

  const results = decisions.undoAll(group);
  await settle();

  assert.equal(results.filter(({ decision }) => decision === null).length, 10);
  assert.equal(remote.asked.filter(({ kind }) => kind === "undo").length, 50);
  assert.equal(decisions.unsent, 0);
});

test("a decision after a description is bound to what the description made", async () => {
  const remote = server({ status: 200, body: { id: "a", status: "waiting", version: 2, pinned: false, hash: "h-new" } });
  const { decisions } = desk(remote);

  decisions.write(post("a"), "describe", { text: "A cat", media: 0 });
  decisions.decide(post("a"), "approve");
  decisions.undo();
  await settle();

  const [described, ...rest] = remote.asked;
  assert.deepEqual(described, { id: "d1", post: "a", hash: "h-a", text: "A cat", media: 0 });
  assert.equal(decisions.last, null);
  assert.deepEqual(rest, []);
  decisions.decide(post("a"), "approve");
  await settle();
  assert.deepEqual(remote.asked.at(-1), { id: "d3", post: "a", kind: "approve", version: 2, hash: "h-new" });
});

test("what is written on a post is no decision to take back", async () => {
  const { decisions } = desk(server());

  decisions.write(post("a"), "note", { text: "Ask first", seen: "" });
  await settle();

  assert.equal(decisions.last, null);
});
