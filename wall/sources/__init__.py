"""The outside world, inwards: one adapter a kind of source, each a pure parser and a thin reader."""
