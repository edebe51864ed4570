"""The examples, as tests run them."""

from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
LANGUAGES = {".py": "python"}


def example(name: str) -> str:
    file = EXAMPLES / name
    language = LANGUAGES.get(file.suffix, file.suffix.removeprefix("."))
    return f"\n```{language}\n{file.read_text(encoding='utf-8')}```\n"
