import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const SCRIPTS = new URL("../../static/js/", import.meta.url);
const VALUE = "◇"; // in the place of a value in a template literal

// What looks like words for people and may stay English, with the reason.
const ALLOWED = new Map([
  ["Live wall", "the frame of an embedded wall, named by its page, which has no words of ours"],
  ["Something new in a private thread", "a worker has no page to say it in; the server's message comes in words of its own"],
  ["Enter", "a key"],
  ["Escape", "a key"],
  ["Home", "a key"],
  ["models/continent.js", "names of time zones"],
  ["<!doctype html>", "the page in between while a screen begins anew, seen for a moment"],
]);

const SENTENCE = [
  /[A-Z][a-z’']+ +[\w“◇]/u, // “Not shown”, “By ◇”
  /[A-Za-z].*[a-z◇”)][.!?…]$/su, // “it is gone.”
  /◇ [a-z]{2,}(?![\w-]*-)/u, // “◇ new posts”
  /[a-z]{2,}, [a-z]{2,} [a-z]+/u, // “left, please come”
  /^[A-Z][a-z]+$/u, // “Close”
  /^ ?· [a-z]|^[a-z]+ (ago|now|here|more|left)$/u,
  /^,? (and|or) $/u, // names in a row: models/language.js
];
const MARKED = /(?<![\w.])(?:_\(|ngettext\(|ngettext\(\s*"(?:[^"\\]|\\.)*",)\s*$/u;
const FOR_PEOPLE = /\b(?:textContent|title|ariaLabel|placeholder|alt) = (?:[^;"`\n]*[?:(] ?)?$/u; // whatever it is, people read it
const FOR_NOBODY = /(?:getAttribute\(|new (?:Error|TypeError)\(|console\.\w+\(|querySelector(?:All)?\(|closest\(|matches\(|className = |name === |setProperty\()\s*$/u;

/** The strings and template literals of a script, with what stands before each. */
function literals(text) {
  const found = [];
  let at = 0;
  let inside = 0; // of how many template literals
  code();
  return found;

  function code() {
    let depth = 0;
    while (at < text.length) {
      const letter = text[at];
      const two = text.slice(at, at + 2);
      if (two === "//") at = end("\n");
      else if (two === "/*") at = end("*/");
      else if (letter === '"' || letter === "'") plain(letter);
      else if (letter === "`") template();
      else if (letter === "/" && /(?:^|[(,=:[!&|?{};>]|return)\s*$/u.test(text.slice(Math.max(0, at - 20), at))) expression();
      else if (letter === "}" && depth === 0) return;
      else {
        depth += letter === "{" ? 1 : letter === "}" ? -1 : 0;
        at += 1;
      }
    }
  }

  function end(sign) {
    const there = text.indexOf(sign, at + 2);
    return there === -1 ? text.length : there + sign.length;
  }

  function plain(quote) {
    const from = at;
    for (at += 1; text[at] !== quote; at += 1) if (text[at] === "\\") at += 1;
    at += 1;
    found.push({ from, words: text.slice(from + 1, at - 1), inside: inside > 0 });
  }

  function template() {
    const from = at;
    let words = "";
    for (at += 1; text[at] !== "`"; at += 1) {
      if (text[at] === "\\") at += 1;
      else if (text.startsWith("${", at)) {
        at += 2;
        inside += 1;
        code();
        inside -= 1;
        words += VALUE;
        continue;
      }
      words += text[at];
    }
    at += 1;
    found.push({ from, words, inside: inside > 0 });
  }

  function expression() {
    let inClass = false;
    for (at += 1; inClass || text[at] !== "/"; at += 1) {
      if (text[at] === "\\") at += 1;
      else if (text[at] === "[") inClass = true;
      else if (text[at] === "]") inClass = false;
    }
    at += 1;
  }
}

function isSaid(words, before) {
  if (MARKED.test(before) || SENTENCE.some((looks) => looks.test(words))) return true;
  return FOR_PEOPLE.test(before) && /[a-z]{2}/u.test(words);
}

function unmarked(text, name = "") {
  return literals(text)
    .map((literal) => ({ ...literal, before: text.slice(0, literal.from) }))
    .filter(({ words, before, inside }) => isSaid(words, before) && (inside || !MARKED.test(before)) && !FOR_NOBODY.test(before))
    .filter(({ words }) => ![...ALLOWED.keys()].some((allowed) => name === allowed || words.startsWith(allowed)))
    .map(({ words }) => `${name}: ${words}`);
}

test("every sentence of the scripts can be said in another language", () => {
  const names = readdirSync(SCRIPTS, { recursive: true }).filter((name) => name.endsWith(".js"));
  const found = names.flatMap((name) => unmarked(readFileSync(new URL(name, SCRIPTS), "utf8"), name));

  assert.ok(names.length > 100);
  assert.deepEqual(found, [], "mark it by `_` or `ngettext` of models/gettext.js, or allow it here with the reason");
});

test("what people read is found without a capital, too, and a mark within a template literal is none", () => {
  assert.deepEqual(unmarked('line.textContent = "nothing waits";'), [": nothing waits"]);
  assert.deepEqual(unmarked('line.title = here ? "gone" : "";'), [": gone"]);
  assert.deepEqual(unmarked('names.join(" and ")'), [":  and "]);
  // Babel reads no call within a template literal, so nobody would translate it.
  assert.deepEqual(unmarked('say(`${why} ${_("It is gone.")}`)'), [": It is gone."]);
});

test("a sentence is marked by a plain string in the call itself, whole or as a plural", () => {
  const said = '_("It is gone."); ngettext("%(num)s new post", "%(num)s new posts", 2); // It is not.\nnew Error("It was gone.");';

  assert.deepEqual(unmarked(said), []);
  assert.deepEqual(unmarked('say("It is gone.")'), [": It is gone."]);
  assert.deepEqual(unmarked("say(`${count} posts`)"), [": ◇ posts"]);
  assert.deepEqual(unmarked("say(_(words) + `${all.map((one) => `By ${one}`)}`)"), [": By ◇"]);
});
