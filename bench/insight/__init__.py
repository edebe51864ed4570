"""How well the wall listens, on public posts that people have judged. None of them is shipped (docs/insight.md)."""
