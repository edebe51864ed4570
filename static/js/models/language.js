// What stands within sentences, as the language of the page writes it: names, lists, numbers. Pure.

const page = globalThis.document?.documentElement.lang || "en";
const LOCALE = page === "en" ? "en-GB" : page === "ar" ? "ar-u-nu-latn" : page; // the server writes these digits, too

const rows = new Intl.ListFormat(LOCALE, { type: "unit", style: "short" });
const all = new Intl.ListFormat(LOCALE);

/** A name or a title in its own direction of writing, whatever stands around it. */
export function isolated(name) {
  return `\u2068${name}\u2069`;
}

/** Names one after the other: “a, b, c”. */
export function listed(names) {
  return rows.format(names);
}

/** Names of which all are meant: “a, b and c”. */
export function allOf(names) {
  return all.format(names);
}

/** A number, with so many digits after its point. */
export function number(value, digits = 0) {
  return value.toLocaleString(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
