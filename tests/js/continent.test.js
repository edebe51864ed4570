import assert from "node:assert/strict";
import test from "node:test";

import { continentOf } from "../../static/js/models/continent.js";

for (const [zone, continent] of Object.entries({
  "Europe/Berlin": "europe",
  "America/New_York": "north america",
  "America/Argentina/Buenos_Aires": "south america",
  "America/Sao_Paulo": "south america",
  "Asia/Kolkata": "asia",
  "Africa/Lagos": "africa",
  "Australia/Perth": "oceania",
  "Pacific/Auckland": "oceania",
  "Atlantic/Reykjavik": "europe",
  "Indian/Mauritius": "africa",
})) {
  test(`${zone} lies in ${continent}`, () => assert.equal(continentOf(zone), continent));
}

test("a zone that is no place says nothing", () => {
  for (const zone of ["UTC", "Etc/GMT+3", "", undefined, "Nowhere/Land"]) assert.equal(continentOf(zone), "");
});
