// The row under a post where its reader can do something. It is made here, since the server's fragment is the same for all.

/** Return the row of a post, and make it where there is none yet. */
export function actsOf(article) {
  const found = article.querySelector(":scope > .post__acts");
  if (found) return found;
  const row = document.createElement("div");
  row.className = "post__acts";
  article.append(row);
  return row;
}

/** Return a button that shows a sign or short words; `words` are what a screen reader says instead. */
export function actButton(className, sign, words = sign) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  const mark = document.createElement("span");
  mark.ariaHidden = "true";
  mark.textContent = sign;
  button.append(mark);
  button.ariaLabel = words;
  return button;
}
