"""Pictures of posts, drawn in a process of its own that may take its time, crash or hang: see __main__.py."""
