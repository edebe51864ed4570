// The organiser's pages: shows beside each setting what it will do, and how the sources fare. All works without it.

import { Contents } from "./elements/contents.js";
import { Fresh } from "./elements/fresh.js";
import { BrandForm, LookForm } from "./elements/look-form.js";
import { RuleForm } from "./elements/rule-form.js";
import { SourceTrial } from "./elements/source-trial.js";
import { hashtags, listed, slug } from "./models/event-form.js";
import { _ } from "./models/gettext.js";

/** The form of an event, and what on the page shows how it is filled in. */
class EventForm {
  #form;
  #slugTyped = false;

  constructor(form) {
    this.#form = form;
    this.#slugTyped = Boolean(form.elements.slug?.value);
    if (form.elements.timezone?.hasAttribute("data-own-zone")) this.#chooseOwnZone();
    form.addEventListener("input", (event) => this.#show(event.target));
    // Somebody may have typed before this script came, and a browser fills a form in again after going back.
    this.#show(form.elements.title);
  }

  // Actions

  #show(changed) {
    const { title, slug: address, hashtags: tags, accent } = this.#form.elements;
    if (changed === address) this.#slugTyped = address.value !== "";
    if (changed === title && address && !this.#slugTyped) address.value = slug(title.value);
    this.#say("address", (output) => output.dataset.base + (address?.value || "…"));
    this.#say("hashtags", () => listed(hashtags(tags.value)) || _("one of these"));
    if (!this.#form.hasAttribute("data-event-settings")) return;
    this.#say("title", () => title.value);
    this.#say("first-hashtag", () => hashtags(tags.value)[0] ?? "");
    document.querySelector("[data-shows=wall]").dataset.theme = this.#form.elements.theme.value;
    if (changed === accent) this.#showAccent(accent.value);
  }

  // Internal

  #showAccent(colour) {
    document.documentElement.style.setProperty("--accent", colour);
    this.#say("accent", () => _("This page shows it already. Save to read how it contrasts."));
  }

  #say(name, words) {
    for (const output of document.querySelectorAll(`[data-shows=${name}]`)) output.textContent = words(output);
  }

  #chooseOwnZone() {
    const select = this.#form.elements.timezone;
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...select.options].some((option) => option.value === own)) select.value = own;
  }
}

function offerCopy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    document.querySelector("[data-copied]").textContent = copied ? _("Copied.") : _("Press Ctrl+C or ⌘C to copy it.");
  });
}

document.querySelectorAll("[data-copy]").forEach(offerCopy);
document.querySelectorAll("form").forEach((form) => {
  if (form.elements.hashtags) new EventForm(form);
});
document.querySelectorAll(".contents__row").forEach((row) => new Contents(row).open());
document.querySelectorAll("[data-rule-form]").forEach((form) => new RuleForm(form).open());
document.querySelectorAll("[data-look-form]").forEach((form) => new LookForm(form));
document.querySelectorAll("[data-brand-form]").forEach((form) => new BrandForm(form));
document.querySelectorAll("[data-try]").forEach((button) => new SourceTrial(button).open());
document.querySelectorAll("[data-refresh]").forEach((root) => new Fresh(root).open());
