// The screen's own pacing, played on the recorded days of a conference and held against two plain rules.
//
//     node bench/pacing.mjs <recording.jsonl> [squeeze …]        or PACING_DATA=<recording.jsonl>
//
// A line of the recording is {id, t (seconds), author, kind: post | reply | boost, boost_of, n_words, has_media, boosts}.
// It is no part of this repository. A squeeze of 60 plays an hour in a minute, to see what happens when too much comes.

import { readFileSync } from "node:fs";

import { Pacing } from "../static/js/models/pacing.js";
import { dwell } from "../static/js/models/reading.js";
import { ByArrival, dice, judge, play } from "../tests/js/crowd.js";

const SEED = 7;
const RULES = {
  "first in": () => new ByArrival(),
  newest: () => new ByArrival({ isNewestFirst: true }),
  fair: () => new Pacing({ random: dice(SEED) }),
};
const COLUMNS = ["shown", "again", "late", "topTen", "people", "gini", "waitHalf", "waitMost", "backToBack", "unreadable"];
const HEAD = ["squeeze", "rule", "shown", "again", "late", "top ten", "people", "Gini", "wait p50", "p95", "back to back", "unreadable"];

const [path = process.env.PACING_DATA, ...squeezes] = process.argv.slice(2);
if (!path) {
  console.error("Name the recording, as an argument or as PACING_DATA.");
  process.exit(2);
}
const lines = readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const originals = lines.filter((line) => line.kind !== "boost").sort((a, b) => a.t - b.t);
console.log(`${lines.length} lines, ${originals.length} of them no reposts, by ${new Set(originals.map((one) => one.author)).size} people; 3 cards.`);
console.log(`| ${HEAD.join(" | ")} |\n|${"---|".repeat(HEAD.length)}`);
for (const squeeze of squeezes.length ? squeezes.map(Number) : [1, 60, 200, 400]) {
  const posts = originals.map((line) => ({ at: Math.round(((line.t - originals[0].t) * 1_000) / squeeze), post: post(line) }));
  for (const [name, rule] of Object.entries(RULES)) {
    const found = judge(posts, play(posts, { pacing: rule() }));
    console.log(`| ×${squeeze} | ${name} | ${COLUMNS.map((column) => shown(column, found)).join(" | ")} |`);
  }
}

/** The words themselves are not recorded, so that no two are alike here. */
function post({ id, author, n_words: words, has_media: hasMedia, boosts }) {
  const pictures = hasMedia ? 1 : 0;
  return { id, author, network: "", terms: new Set(), dwell: dwell({ words, pictures }), weight: 1, reposts: boosts ?? 0, pinned: false, staff: false };
}

function shown(column, found) {
  if (column === "people") return `${found.people} of ${found.of}`;
  if (column.startsWith("wait")) return `${found[column].toFixed(0)} s`;
  return ["topTen", "gini"].includes(column) ? found[column].toFixed(3) : String(found[column]);
}
