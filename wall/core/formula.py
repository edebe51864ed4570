"""Cells of tables that no spreadsheet takes for formulas."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−")


def unformulated(value: str) -> str:
    """Return a cell that a spreadsheet shows and does not carry out (CSV injection, as OWASP describes it)."""
    return f"'{value}" if value.startswith(FORMULA) else value
