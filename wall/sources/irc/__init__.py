"""IRC, by our own client."""
