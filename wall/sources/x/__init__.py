"""Posts of X, which charges for every one that is read."""
