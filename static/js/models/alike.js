// Which posts say nearly the same. The sketches are the server's, and so is the measure: wall/core/duplicates.py.

const SKETCH = 48; // pieces of a text that are kept at most
const LIKE = 0.6; // share of common pieces from which on two texts are nearly the same
const READ_AT_MOST = 1_000;

const read = new Map();

/** Whether two posts say nearly the same, by what stands on their cards. */
export function alike(one, other) {
  if (!one || !other) return false;
  if (one === other) return true;
  const [mine, theirs] = [pieces(one), pieces(other)];
  const common = [...mine].filter((piece) => theirs.has(piece)).length;
  if (common < LIKE * Math.max(mine.size, theirs.size)) return false;
  const union = [...new Set([...mine, ...theirs])].sort((a, b) => a - b).slice(0, SKETCH);
  return union.filter((piece) => mine.has(piece) && theirs.has(piece)).length / union.length >= LIKE;
}

function pieces(text) {
  if (!read.has(text)) {
    if (read.size >= READ_AT_MOST) read.clear();
    read.set(text, decode(text));
  }
  return read.get(text);
}

function decode(text) {
  let bytes = "";
  try {
    bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return new Set();
  }
  const view = new DataView(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)).buffer);
  const count = Math.floor(view.byteLength / 4);
  return new Set(Array.from({ length: count }, (_, place) => view.getUint32(4 * place)));
}
