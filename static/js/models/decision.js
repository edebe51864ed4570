// One decision of this desk: what the server is sent of it, what is kept of it, and what counts as its answer.

const KEPT_LETTERS = 80;

/** 128 bits as letters and digits; also on a page over plain http, where browsers draw no UUIDs. */
export function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was seen of the post. After a decision of ours, it is at least as that one left it. */
export function seen({ post, after }) {
  const answer = after?.answer;
  if (!answer || answer.version < post.version) return { version: post.version, hash: post.hash };
  return { version: answer.version, hash: answer.hash ?? post.hash };
}

/** What the server is sent. */
export function written(decision) {
  const { id, post, kind, picture, reason, words } = decision;
  const { version, hash } = seen(decision);
  if (words) return { id, post: post.id, hash, ...words };
  return { id, post: post.id, kind, version, hash, ...(picture ? { picture } : {}), ...(reason ? { reason } : {}) };
}

/** A decision as it is kept: what the server is sent, what people read of its post, and which one it follows. */
export function record({ after, tried, answer, post, ...rest }) {
  const { id, status, name, words } = post;
  const { version, hash } = seen({ post, after });
  return { ...rest, after: after?.id ?? null, post: { id, version, hash, status, name, words: words?.slice(0, KEPT_LETTERS) } };
}

export function isAnswer(body, { id, post }) {
  return (body?.id === post.id || body?.id === id) && Number.isInteger(body.version);
}
