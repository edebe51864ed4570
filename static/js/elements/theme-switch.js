// <theme-switch>: a button between dark and light, remembered in this browser.

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
    this.#button.textContent = this.#other === "dark" ? "Dark" : "Light";
    this.#button.setAttribute("aria-label", `Switch to the ${this.#other} theme`);
  }

  get #other() {
    const { theme } = document.documentElement.dataset;
    const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    return dark ? "light" : "dark";
  }
}

customElements.define("theme-switch", ThemeSwitch);
