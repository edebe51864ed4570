// A page whose stream was told to stay away: where it may not be seen any more, nothing of it stays.

const NO_MORE = [401, 403, 404, 410];

/** Ask for this page once more; load it anew if its server says that it is not here, or not for whoever reads it. */
export async function leaveIfGone() {
  try {
    const { status, type } = await fetch(location.href, { cache: "no-store", redirect: "manual" });
    if (NO_MORE.includes(status) || type === "opaqueredirect") location.reload();
  } catch {
    // Nobody answers, so nobody has said that it is gone.
  }
}
