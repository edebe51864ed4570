// The page of who talked with whom. The picture and its table are there without it.

import "./elements/conversation-map.js";
