"""Pure values and functions: no network, no clock, no dice. `now` and `random` are arguments."""
