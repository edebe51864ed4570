// A screen in the remote control: what is seen there, in small and in words, and whether it does what it was told.

import { _ } from "../models/gettext.js";
import { answer, holds, machine, sight, truth } from "../models/remote.js";

export class ScreenCard {
  element;
  #parts;
  #devices;

  constructor(id, template) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.element.dataset.screen = id;
    const part = (name) => this.element.querySelector(`.shown__${name}`);
    this.#parts = { name: part("name"), room: part("room"), holds: part("holds"), answer: part("answer") };
    this.#devices = part("devices");
  }

  // Actions

  /** Draw it as the server told; `now` is the server's, `version` the program's. */
  show(screen, { now, version, chosen }) {
    this.element.setAttribute("aria-pressed", String(chosen));
    write(this.#parts.name, screen.name);
    write(this.#parts.room, [screen.room, _("runs %(list)s", { list: screen.list })].filter(Boolean).join(" · "));
    write(this.#parts.holds, holds(screen, now));
    const { level, words } = answer(screen, now);
    write(this.#parts.answer, words);
    this.#parts.answer.dataset.level = level;
    const devices = screen.devices.length ? screen.devices : [null];
    while (this.#devices.children.length > devices.length) this.#devices.lastElementChild.remove();
    devices.forEach((device, place) => this.#draw(this.#devices.children[place] ?? this.#add(), device, screen, version));
  }

  // Internal

  #add() {
    const small = span("device__small", span("device__title"), span("device__words"));
    const made = span("device", small, span("device__truth"), span("device__machine"));
    this.#devices.append(made);
    return made;
  }

  #draw(place, device, screen, version) {
    place.toggleAttribute("data-away", !device);
    const find = (name) => place.querySelector(`.device__${name}`);
    const { title, words, blank = false } = device ? sight(device, screen) : { title: "", words: "" };
    const picture = device ? truth(device) : { level: "", words: "" };
    const small = find("small");
    small.style.aspectRatio = device?.width ? `${device.width} / ${device.height}` : "16 / 9";
    small.toggleAttribute("data-tall", device?.height > device?.width);
    small.toggleAttribute("data-blank", blank);
    write(find("title"), title);
    write(find("words"), words);
    write(find("truth"), picture.words);
    find("truth").dataset.level = picture.level;
    write(find("machine"), device ? machine(device, version).join(" · ") : "");
  }
}

function span(className, ...parts) {
  const made = document.createElement("span");
  made.className = className;
  made.append(...parts);
  return made;
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
