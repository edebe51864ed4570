"""The handbook: docs/ as a site that needs no server, and what of it is written by the code itself."""
