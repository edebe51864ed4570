// Which posts say nearly the same. The sketches are the server's, and so is the measure: wall/core/duplicates.py.

const SKETCH = 48; // pieces of a text that are kept at most
const LIKE = 0.6; // share of common pieces from which on two texts are nearly the same
const READ_AT_MOST = 1_000;

const read = new Map();

/** Whether two posts say nearly the same, by what stands on their cards. */
export function alike(one, other) {
  if (!one || !other) return false;
  return one === other || resemblance(pieces(one), pieces(other)) >= LIKE;
}

/** The share of common pieces among the smallest of both sketches, which are in order. */
function resemblance(mine, theirs) {
  let [here, there, union, common] = [0, 0, 0, 0];
  while (union < SKETCH && (here < mine.length || there < theirs.length)) {
    const [left, right] = [mine[here] ?? Infinity, theirs[there] ?? Infinity];
    if (left <= right) here += 1;
    if (right <= left) there += 1;
    if (left === right) common += 1;
    union += 1;
  }
  return union ? common / union : 0;
}

function pieces(text) {
  if (!read.has(text)) {
    if (read.size >= READ_AT_MOST) read.clear();
    read.set(text, decode(text));
  }
  return read.get(text);
}

/** The pieces in order, each once. */
function decode(text) {
  let bytes = "";
  try {
    bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return [];
  }
  const view = new DataView(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)).buffer);
  const count = Math.floor(view.byteLength / 4);
  return [...new Set(Array.from({ length: count }, (_, place) => view.getUint32(4 * place)))].sort((a, b) => a - b);
}
