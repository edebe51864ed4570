// The remote control of the screens.

import { RemoteControl } from "./elements/remote-control.js";
import "./elements/theme-switch.js";

new RemoteControl(document.querySelector("#remote")).open();
