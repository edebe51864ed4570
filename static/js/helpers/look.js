// Gives a screen's stage its look: layout, smallest type, scale and safe margin, as the server says.

/** Wear a look as the plan tells it: {layout, type, scale, margin, shade}. */
export function wear(stage, { layout, type, scale, margin, shade }) {
  Object.assign(stage.dataset, { layout, least: type, scale, margin });
  if (shade) document.documentElement.dataset.theme = shade;
  dress(stage);
}

/** Take over what stands on the stage. Pages carry no style, so that the numbers come here. */
export function dress(stage) {
  const { least, scale, margin } = stage.dataset;
  for (const [name, value] of Object.entries({ least, scale, margin })) {
    if (Number.isFinite(parseFloat(value))) document.documentElement.style.setProperty(`--${name}`, value);
  }
}
