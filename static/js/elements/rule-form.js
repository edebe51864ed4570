// The form of a rule: says while one types what the rule would have caught. All works without it, by its buttons.

import { element } from "../helpers/fragment.js";
import { counted, joined, written } from "../models/entry-list.js";
import { _, ngettext } from "../models/gettext.js";

const PAUSE_MS = 400; // after the last key, before the rule is tried
const TIMEOUT_MS = 15_000;
const LARGEST_FILE = 900_000; // bytes

export class RuleForm {
  #form;
  #tried;
  #pause = 0;
  #asked = 0;

  constructor(form) {
    this.#form = form;
    this.#tried = form.querySelector("[data-tried]");
  }

  // Lifecycle

  open() {
    this.#form.querySelector("[data-without-script]")?.remove();
    this.#form.querySelectorAll("[data-entries]").forEach((list) => this.#count(list));
    this.#form.addEventListener("input", ({ target }) => this.#input(target));
    this.#sum();
    if (this.#form.querySelector("[data-entries] textarea")?.value && !this.#caught) this.#try();
  }

  // Actions

  #input(target) {
    if (target.type === "file") {
      this.#take(target);
      return;
    }
    const list = target.closest("[data-entries]");
    if (list) this.#count(list);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#try(), PAUSE_MS);
  }

  /** Put the entries of a file into the list, where they can be read before they are saved. */
  async #take(input) {
    const [file] = input.files;
    const list = input.closest("[data-entries]");
    if (!file) return;
    if (file.size > LARGEST_FILE) {
      this.#say(list, _("This file is too large for a list of words."));
      input.value = "";
      return;
    }
    const text = decoded(await file.arrayBuffer());
    input.value = "";
    if (text === null) {
      this.#say(list, _("This file is no text in UTF-8, so nothing of it was read."));
      return;
    }
    const area = list.querySelector("textarea");
    const result = joined(area.value, text);
    area.value = result.text;
    this.#say(list, added(counted(area.value), result.added, file.name));
    this.#try();
  }

  /** Ask what the rule would have caught as it is typed now; only the newest answer counts. */
  async #try() {
    const number = ++this.#asked;
    this.#tried.setAttribute("aria-busy", "true");
    const answer = await ask(this.#form.dataset.preview, new FormData(this.#form));
    if (number !== this.#asked) return;
    this.#tried.removeAttribute("aria-busy");
    const fragment = answer && element(answer.html);
    if (fragment) this.#tried.replaceChildren(fragment);
    else this.#tried.textContent = _("The server did not answer, so this could not be tried. Go on typing to try again.");
    this.#sum();
  }

  // Internal

  get #caught() {
    return this.#tried.querySelector(".tried__count:not(.tried__count--none)");
  }

  #count(list) {
    this.#say(list, counted(list.querySelector("textarea").value));
  }

  #say(list, words) {
    list.querySelector("[data-count]").textContent = words;
  }

  /** On a phone the preview is far from the buttons, so its sum stands beside them. */
  #sum() {
    const sum = this.#form.querySelector("[data-sum]");
    if (sum) sum.textContent = this.#caught?.textContent ?? "";
  }
}

function added(all, number, file) {
  return ngettext("%(all)s, %(num)s of them new from %(file)s", "%(all)s, %(num)s of them new from %(file)s", number, { all, num: written(number), file });
}

async function ask(url, body) {
  // What a file holds is in its list by now.
  for (const name of [...body.keys()]) if (name.endsWith("-file")) body.delete(name);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json" },
      body,
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function decoded(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[`${first},${second}`];
  try {
    return new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
