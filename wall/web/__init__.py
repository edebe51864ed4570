"""Pages, streams and requests: the web process."""
