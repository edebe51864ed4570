// The page of what sounds unhappy. Everything works without it.

import { MoodList } from "./elements/mood-list.js";

const list = document.querySelector("[data-moods]");

if (list) new MoodList(list).listen();
