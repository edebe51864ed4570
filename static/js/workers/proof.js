// Does the sum of the check beside the page, so that the page stays quick. Told {seed, bits}, it answers with the number.

import { solve } from "../models/proof.js";

addEventListener("message", ({ data: { seed, bits } }) => postMessage(solve(seed, bits)));
