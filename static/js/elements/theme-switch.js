// <theme-switch>: a button between dark and light, remembered in this browser.

import { _ } from "../models/gettext.js";

export class ThemeSwitch extends HTMLElement {
  #button = null;

  // Lifecycle

  connectedCallback() {
    this.#button = this.querySelector("button");
    this.#button.addEventListener("click", this.#turn);
    this.#label();
  }

  disconnectedCallback() {
    this.#button.removeEventListener("click", this.#turn);
  }

  // Internal

  #turn = () => {
    const theme = this.#other;
    document.documentElement.dataset.theme = theme;
    try {
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`; // for pages that are styled before any script
      localStorage.setItem("theme", theme);
    } catch {
      // It holds for this page, then.
    }
    this.#label();
  };

  #label() {
    this.#button.textContent = this.#other === "dark" ? _("Dark") : _("Light");
    this.#button.setAttribute("aria-label", this.#other === "dark" ? _("Switch to the dark theme") : _("Switch to the light theme"));
  }

  get #other() {
    const { theme } = document.documentElement.dataset;
    const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    return dark ? "light" : "dark";
  }
}

customElements.define("theme-switch", ThemeSwitch);
