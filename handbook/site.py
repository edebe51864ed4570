"""The site: a folder of pages that opens from any web server, from a stick, or by a click."""

import json
import shutil
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.contents import Contents, contents, whole
from handbook.page import Page
from handbook.text import body

HERE = Path(__file__).resolve().parent
BESIDE = {
    "CONTRIBUTING.md": "contributing.html",
    "CHANGELOG.md": "changelog.html",
    "bench/README.md": "bench.html",
}
"""Pages that stand elsewhere in the project."""
SHEETS = ("fonts.css", "tokens.css", "base.css")
"""What of the wall's own look the handbook shares."""
OWN_SHEETS = ("handbook.css", "text.css")


def pages(root: Path) -> list[Page]:
    """Return every page of the project, those of docs/ by their names."""
    docs = sorted((root / "docs").rglob("*.md"))
    addresses = {path: path.relative_to(root / "docs").with_suffix(".html").as_posix() for path in docs}
    addresses |= {root / path: address for path, address in BESIDE.items() if (root / path).is_file()}
    return [
        Page(PurePosixPath(path.relative_to(root).as_posix()), address, path.read_text(encoding="utf-8"))
        for path, address in addresses.items()
    ]


def build(root: Path, to: Path) -> None:
    """Write the site into a folder, which holds nothing else afterwards."""
    found = pages(root)
    there = whole(contents(found), found)
    template = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined).get_template(
        "page.html"
    )
    shutil.rmtree(to, ignore_errors=True)
    for page in found:
        before, after = there.beside(page)
        place = to / page.address
        place.parent.mkdir(parents=True, exist_ok=True)
        html = template.render(
            page=page,
            contents=there,
            body=body(page, found),
            before=before,
            after=after,
            sheets=SHEETS + OWN_SHEETS,
        )
        place.write_text(html, encoding="utf-8")
    dress(root, to, there)


def dress(root: Path, to: Path, there: Contents) -> None:
    """Add pictures, styles, type, and what the search looks through."""
    shutil.copytree(root / "docs" / "img", to / "img")
    shutil.copytree(root / "static" / "fonts", to / "fonts")
    (to / "css").mkdir()
    for sheet in SHEETS:
        shutil.copy(root / "static" / "css" / sheet, to / "css")
    for sheet in OWN_SHEETS:
        shutil.copy(HERE / sheet, to / "css")
    shutil.copy(root / "static" / "img" / "icon.svg", to / "img")
    listed = [there.index, *(page for section in there.sections for page in section.pages)]
    places = [
        {"page": page.title, "words": words, "address": address}
        for page in listed
        for words, address in [
            (page.title, page.address),
            *((one.text, f"{page.address}#{one.anchor}") for one in page.headings),
        ]
    ]
    # A script and no JSON, for a page that was opened from a disk may fetch nothing.
    script = f"const PLACES = {json.dumps(places, ensure_ascii=False)};\n"
    (to / "search.js").write_text(script + (HERE / "search.js").read_text(encoding="utf-8"), encoding="utf-8")
