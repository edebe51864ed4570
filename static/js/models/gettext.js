// What the scripts say, in the language of the page: its words stand within it, unless it is in English.

const page = globalThis.document;
const words = JSON.parse(page?.querySelector("script#script-words")?.textContent ?? "{}");
const language = page?.documentElement.lang || "en";
const rules = new Intl.PluralRules(language);

/** The view of rendered posts in the language of the page. */
export const VIEW = language === "en" ? "html" : `html-${language}`;

/** Say a sentence; what stands in it is named there, as `%(name)s`, and a percent sign is written twice. */
export function _(sentence, values = {}) {
  return filled(words[sentence] ?? sentence, values);
}

/** Say the sentence for a number of things, which may stand in it as `%(num)s`. */
export function ngettext(one, many, number, values = {}) {
  const forms = words[one] ?? { one, other: many };
  return filled(forms[rules.select(number)] ?? forms.other, { num: number, ...values });
}

function filled(sentence, values) {
  return sentence.replace(/%\((\w+)\)s|%%/g, (place, name) => (name === undefined ? "%" : String(values[name])));
}
