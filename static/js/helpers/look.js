// Gives a screen's stage its look: layout, smallest type, scale, safe margin and theme, as the server says.

/**
 * Wear a look as the plan tells it, and call `refit` once its sheet is there. Returns false when the brand itself
 * has changed, which takes the page anew.
 */
export function wear(stage, look, refit = () => {}) {
  const { layout, type, scale, margin, shade, theme_sheet: themed, brand_sheet: branded } = look;
  if (sheet("brand").getAttribute("href") !== branded) return false;
  Object.assign(stage.dataset, { layout, least: type, scale, margin });
  document.documentElement.dataset.theme = shade;
  dress(stage);
  const link = sheet("theme");
  if (link.getAttribute("href") === themed) {
    refit();
  } else {
    link.addEventListener("load", refit, { once: true });
    link.href = themed;
  }
  return true;
}

/** Take over what stands on the stage. Pages carry no style, so that the numbers come here. */
export function dress(stage) {
  const { least, scale, margin } = stage.dataset;
  for (const [name, value] of Object.entries({ least, scale, margin })) {
    if (Number.isFinite(parseFloat(value))) document.documentElement.style.setProperty(`--${name}`, value);
  }
}

function sheet(name) {
  return document.querySelector(`link[data-sheet="${name}"]`);
}
