// A place in a feed, as the server writes it: EPOCH:OFFSET.

/** Return {epoch, offset}; an unreadable cursor has no epoch, and so is of another history than any other. */
export function parseCursor(text) {
  const match = /^([A-Za-z0-9]{1,16}):(\d{1,15})$/.exec(text ?? "");
  return match ? { epoch: match[1], offset: Number(match[2]) } : { epoch: null, offset: 0 };
}

/** Write a cursor as the server reads it, or null for one without an epoch. */
export function formatCursor({ epoch, offset }) {
  return epoch ? `${epoch}:${offset}` : null;
}
