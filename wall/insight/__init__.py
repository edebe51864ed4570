"""What can be read out of an event's log: read-only, and over posts that stand on the wall. The sums are in core/."""
