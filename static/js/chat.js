// The pages of a chat. They work without this script; with it, what is asked is there at its minute.

import "./elements/count-down.js";
import { LiveChat, tellPosts } from "./elements/live-chat.js";
import "./elements/theme-switch.js";
import { tellReader } from "./helpers/reader-time.js";

const chat = document.querySelector("[data-chat-url]");

document.querySelector("[data-tools]").hidden = false;
tellReader(document);
tellPosts(document);
if (chat) new LiveChat(chat).start();
