// What the desk asks in a dialog. Esc is always no.

/** Ask whether this is meant: {title, words, yes, bad}. Resolves to true or false. */
export async function sure({ title, words, yes, bad = false }) {
  const dialog = document.querySelector("#sure");
  const button = dialog.querySelector(".ask__yes");
  say(dialog, title, words);
  button.textContent = yes;
  button.classList.toggle("button--bad", bad);
  button.classList.toggle("button--good", !bad);
  return (await answer(dialog, button)) === "yes";
}

/** Ask for words: {title, words, text, longest, picture}. Resolves to them, or to null. */
export async function written({ title, words, text, longest, picture = null }) {
  const dialog = document.querySelector("#write");
  const field = dialog.querySelector("textarea");
  const frame = dialog.querySelector(".ask__picture");
  say(dialog, title, words);
  field.value = text;
  field.maxLength = longest;
  frame.hidden = !picture;
  frame.replaceChildren(...(picture ? [picture] : []));
  field.onkeydown = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    // The browser takes the focus away only with the next frame, and a key may be faster.
    field.blur();
    dialog.close("yes");
  };
  return (await answer(dialog, field)) === "yes" ? field.value.trim() : null;
}

function say(dialog, title, words) {
  dialog.querySelector(".help__title").textContent = title;
  dialog.querySelector(".ask__words").textContent = words;
}

function answer(dialog, first) {
  dialog.returnValue = "";
  dialog.showModal();
  first.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
