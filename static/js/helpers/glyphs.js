// Which scripts this machine has no letters for. Those we ship need no asking; Chinese, Japanese and Korean are its own.

const SIZE = 24;
const SCRIPTS = { Chinese: ["漢", "话"], Japanese: ["あ", "カ"], Korean: ["한", "글"] };

/** Return the scripts without letters, such as ["Korean"]: two signs of such a script are drawn as the same box. */
export function missingScripts(scripts = SCRIPTS) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return [];
  const { fontFamily } = getComputedStyle(document.body);
  return Object.keys(scripts).filter((script) => isMissing(context, fontFamily, scripts[script]));
}

function isMissing(context, family, [one, other]) {
  const drawn = drawing(context, family, one);
  return drawn === drawing(context, family, other) || drawn === drawing(context, family, " ");
}

function drawing(context, family, sign) {
  context.canvas.width = context.canvas.height = SIZE * 2;
  context.font = `${SIZE}px ${family}`;
  context.textBaseline = "top";
  context.fillText(sign, SIZE / 4, SIZE / 4);
  return context.getImageData(0, 0, SIZE * 2, SIZE * 2).data.join("");
}
