// Finds headings as one types; PLACES is written before this by site.py.

const MOST = 12;

const box = document.querySelector(".search");
const field = box.querySelector("input");
const list = box.querySelector("ul");
const root = document.documentElement.dataset.root;

function found(asked) {
  const parts = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (place) => parts.every((part) => `${place.words} ${place.page}`.toLowerCase().includes(part));
  return parts.length ? PLACES.filter(holds).slice(0, MOST) : [];
}

function line(place) {
  const link = document.createElement("a");
  link.href = root + place.address;
  link.textContent = place.words;
  const item = document.createElement("li");
  item.append(link);
  if (place.words !== place.page) item.append(` ${place.page}`);
  return item;
}

function show() {
  const places = found(field.value);
  const nothing = document.createElement("li");
  nothing.textContent = "No heading has these words.";
  list.replaceChildren(...(field.value.trim() && !places.length ? [nothing] : places.map(line)));
}

box.hidden = false;
field.addEventListener("input", show);
box.addEventListener("submit", (submit) => {
  submit.preventDefault();
  list.querySelector("a")?.click();
});
