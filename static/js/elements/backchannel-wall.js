// <backchannel-wall src="https://wall.example/my-event/embed/…">: a live wall inside another site. It is served alone, at
// /{event}/embed.js, and imports nothing; the site's page gets a frame and no other code of ours.
//
// Attributes: `height` (CSS, 36rem unless told) is the room it takes from the start, so that nothing on the page moves;
// with `fit` it takes less where there is less to show. `theme` is dark, light or auto, `accent` a colour #rrggbb,
// `label` what the frame is called. What stands between the tags is shown where the wall cannot be.

const HEIGHT = "36rem";
const LABEL = "Live wall";
const READY_MS = 8_000; // after the frame has loaded something: another page than ours never says it is ready
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
const STYLE = `
  :host { display: block; block-size: var(--height); overflow: hidden; border-radius: 0.375rem; }
  :host([hidden]) { display: none; }
  iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; color-scheme: normal; }
  slot { display: none; }
  :host([data-state="away"]) { block-size: auto; }
  :host([data-state="away"]) iframe { display: none; }
  :host([data-state="away"]) slot { display: block; }
`;

export class BackchannelWall extends HTMLElement {
  static observedAttributes = ["src", "theme", "accent", "height", "fit", "label"];

  #frame = document.createElement("iframe");
  #timer = null;
  #content = 0; // px

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#frame.loading = "lazy";
    this.#frame.referrerPolicy = "no-referrer";
    this.#frame.setAttribute("sandbox", SANDBOX);
    this.#frame.addEventListener("load", () => this.#loaded());
    root.append(this.#frame, document.createElement("slot"));
  }

  // Lifecycle

  connectedCallback() {
    addEventListener("message", this.#hear);
    this.#draw();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
    clearTimeout(this.#timer);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  // Internal

  #draw() {
    const address = this.#address;
    this.dataset.state ||= "loading";
    this.#frame.title = this.getAttribute("label") || LABEL;
    if (!address) this.dataset.state = "away";
    else if (this.#frame.src !== address.href) this.#frame.src = address.href;
    this.#size();
  }

  /** The wall's address with what it is to look like; null where there is none. */
  get #address() {
    if (!URL.canParse(this.getAttribute("src") ?? "", document.baseURI)) return null;
    const address = new URL(this.getAttribute("src"), document.baseURI);
    if (!/^https?:$/.test(address.protocol)) return null;
    for (const name of ["theme", "accent"]) {
      if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
    }
    return address;
  }

  #hear = ({ source, origin, data }) => {
    if (source !== this.#frame.contentWindow || origin !== this.#address?.origin) return;
    if (data?.type !== "backchannel-wall" || !Number.isFinite(data.height)) return;
    clearTimeout(this.#timer);
    this.dataset.state = "ready";
    this.#content = data.height;
    this.#size();
  };

  #loaded() {
    if (this.dataset.state === "ready") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.dataset.state = "away"), READY_MS);
  }

  #size() {
    const most = this.getAttribute("height") || HEIGHT;
    const fits = this.hasAttribute("fit") && this.#content > 0;
    this.style.setProperty("--height", fits ? `min(${this.#content}px, ${most})` : most);
  }
}

customElements.define("backchannel-wall", BackchannelWall);
