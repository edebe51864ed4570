"""E-mail, from a mailbox of the event's own."""
