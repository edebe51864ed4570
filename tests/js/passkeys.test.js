import assert from "node:assert/strict";
import { test } from "node:test";

import { bytes, text, told, toMake, toSign } from "../../static/js/models/passkeys.js";

const ODD = Uint8Array.from([251, 255, 0, 7]);

test("bytes go to letters for addresses and back", () => {
  assert.equal(text(ODD.buffer), "-_8ABw");
  assert.deepEqual(bytes("-_8ABw"), ODD);
});

test("what the server asks for is given to the browser in bytes", () => {
  const asked = { rp: { id: "localhost" }, challenge: "-_8ABw", user: { id: "-_8ABw", name: "Mia" }, excludeCredentials: [{ id: "-_8ABw", type: "public-key" }] };

  const given = toMake(asked);

  assert.deepEqual([given.challenge, given.user.id, given.excludeCredentials[0].id], [ODD, ODD, ODD]);
  assert.deepEqual([given.rp, given.user.name], [{ id: "localhost" }, "Mia"]);
  assert.deepEqual(toSign({ challenge: "-_8ABw" }), { challenge: ODD, allowCredentials: [] });
});

test("what the browser answers is told with those parts that it has", () => {
  const credential = { id: "-_8ABw", rawId: ODD.buffer, type: "public-key", response: { clientDataJSON: ODD.buffer, signature: ODD.buffer, userHandle: null } };

  assert.deepEqual(told(credential).response, { clientDataJSON: "-_8ABw", signature: "-_8ABw" });
});
