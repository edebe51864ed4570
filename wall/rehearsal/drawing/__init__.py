"""The pictures of the rehearsal, drawn by us."""
