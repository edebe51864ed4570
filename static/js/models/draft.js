// What somebody has begun to write, as it is kept in their browser until it was sent. A picture is not kept.

const NAMES = ["text", "alt", "name", "place"];
const STAYS = ["name", "place"]; // said once

/** A draft of what stands in the fields of a form. */
export function drafted(fields) {
  return Object.fromEntries(NAMES.map((name) => [name, String(fields[name]?.value ?? "")]));
}

/** What of a kept draft belongs into fields: it never takes the place of what stands there. */
export function missing(fields, kept) {
  return NAMES.filter((name) => fields[name] && !fields[name].value && typeof kept?.[name] === "string" && kept[name])
    .map((name) => [name, kept[name]]);
}

/** What is left of a draft once it was sent. */
export function sent(kept) {
  return Object.fromEntries(NAMES.map((name) => [name, STAYS.includes(name) ? (kept?.[name] ?? "") : ""]));
}
