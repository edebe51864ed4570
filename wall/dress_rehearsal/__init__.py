"""A day of an event on the real set-up, at many times its speed, with load and faults, and a verdict at its end."""
