// What the server says of passkeys as browsers take it, and what they answer as the server takes it. Pure.

const KINDS = [
  "clientDataJSON",
  "attestationObject",
  "authenticatorData",
  "signature",
  "userHandle",
];

/** What `navigator.credentials.create` is given. */
export function toMake(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  return { ...options, challenge: bytes(options.challenge), user, excludeCredentials: named(options.excludeCredentials) };
}

/** What `navigator.credentials.get` is given. */
export function toSign(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
}

/** A credential of either kind as JSON. */
export function told(credential) {
  const parts = KINDS.filter((kind) => credential.response[kind]).map((kind) => [kind, text(credential.response[kind])]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(parts),
    clientExtensionResults: {},
  };
}

export function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function named(credentials = []) {
  return credentials.map((one) => ({ ...one, id: bytes(one.id) }));
}
