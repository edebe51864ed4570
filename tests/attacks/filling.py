"""Fills the forms of pages as a program would that means no good: every field, with whatever it likes."""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

CHOSEN = {"checkbox", "radio"}
KEPT = {"hidden", "submit", "button", "image", "reset", "file"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it goes, the fields that people type into, and what it sends besides."""

    action: str
    typed: tuple[str, ...]
    kept: dict[str, str] = field(hash=False)
    whole: bool = False
    """Whether it sends files, and so its fields as parts."""

    def filled(self, words, turn):
        """Return what it sends when each field is given other words; each turn gives a field the next ones."""
        return self.kept | {name: words[(turn + place) % len(words)] for place, name in enumerate(self.typed)}


def forms(path, html):
    """Return the forms of a page that change something."""
    page = LexborHTMLParser(html)
    outside = [node for node in page.css("[form]") if node.attributes.get("name")]
    found = []
    for form in page.css("form"):
        given = form.attributes
        if (given.get("method") or "get").lower() != "post":
            continue
        inputs = [node for node in form.css("input, textarea, select, button") if not node.attributes.get("form")]
        inputs += [node for node in outside if node.attributes["form"] == given.get("id")]
        named = [node for node in inputs if node.attributes.get("name")]
        typed = tuple(dict.fromkeys(node.attributes["name"] for node in named if is_typed(node)))
        kept = {node.attributes["name"]: value(node) for node in reversed(named) if not is_typed(node)}
        whole = given.get("enctype") == "multipart/form-data"
        found.append(Form(given.get("action") or path, typed, kept, whole))
    return found


def is_typed(node):
    return node.tag == "textarea" or (
        node.tag == "input" and (node.attributes.get("type") or "text") not in CHOSEN | KEPT
    )


def value(node):
    if node.tag == "select":
        options = node.css("option")
        chosen = next((one for one in options if "selected" in one.attributes), options[0] if options else None)
        return (chosen.attributes.get("value") or "") if chosen else ""
    return node.attributes.get("value") or ("on" if node.attributes.get("type") in CHOSEN else "")
