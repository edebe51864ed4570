// The page of an event once more. Every moment has an address, and can be gone to without it.

import "./elements/event-replay.js";
