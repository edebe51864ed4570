// The page of the questions coming alive: votes without leaving it, counts as they change. Everything works without it.

import "./elements/question-list.js";

const whose = document.querySelector("[data-whose]");

const asking = document.querySelector(".asking");

asking?.addEventListener("toggle", () => asking.open && asking.querySelector("textarea").focus());
whose?.addEventListener("change", () => whose.form.requestSubmit(whose.form.querySelector("[aria-current]")));
