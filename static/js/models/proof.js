// The sum that newcomers' pages do when too many come: find a number that makes the hash of a seed begin with zeros.
// SHA-256 (FIPS 180-4) by hand, since browsers offer theirs on secure pages only, and one promise a hash is slow.

const ROUNDS = 64;
const [START, K] = constants();

/** The first number from `from` on, within `count` tries, that solves a seed; null when none does. */
export function solve(seed, bits, from = 0, count = Infinity) {
  for (let number = from; number < from + count; number += 1) {
    if (leadingZeros(sha256(`${seed}:${number}`)) >= bits) return number;
  }
  return null;
}

/** The hash of a text of ASCII letters, as eight words of 32 bits. */
export function sha256(text) {
  const words = padded(text);
  const state = START.slice();
  const w = new Uint32Array(ROUNDS);
  for (let block = 0; block < words.length; block += 16) {
    w.set(words.subarray(block, block + 16));
    for (let i = 16; i < ROUNDS; i += 1) {
      const [x, y] = [w[i - 15], w[i - 2]];
      w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    compress(state, w);
  }
  return state;
}

function compress(state, w) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < ROUNDS; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] += word;
  });
}

function leadingZeros(words) {
  const first = words.findIndex((word) => word !== 0);
  return first < 0 ? 256 : 32 * first + Math.clz32(words[first]);
}

function padded(text) {
  const words = new Uint32Array(16 * (((text.length + 8) >> 6) + 1));
  for (let i = 0; i < text.length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  words[words.length - 1] = 8 * text.length;
  return words;
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** The fractions of the square roots of the first eight primes, and of the cube roots of the first 64. */
function constants() {
  const primes = [];
  for (let n = 2; primes.length < ROUNDS; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (x) => (x - Math.floor(x)) * 2 ** 32;
  return [
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
  ];
}
