"""What stands in a page besides words: its elements with their attributes, and every address it would go to."""

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

GOES_TO = {
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "poster",
    "data",
    "xlink:href",
    "background",
    "ping",
    "cite",
}
# A link may lead anywhere on the web; everything else only here.
LINKS = {("a", "href")}


def elements(html):
    """Return every element of a page by name with the names of its attributes."""
    return [(node.tag, frozenset(node.attributes)) for node in nodes(html)]


def vocabulary(html):
    """Return which attributes each element of a page has anywhere in it."""
    found = {}
    for tag, names in elements(html):
        found.setdefault(tag, set()).update(names)
    return found


def smuggled(html, known):
    """Return what stands in a page that its own templates never write, and addresses that lead where none may."""
    found = []
    for node in nodes(html):
        strange = set(node.attributes) - known.get(node.tag, set())
        if node.tag not in known or strange:
            found.append(f"<{node.tag} {' '.join(sorted(strange))}>")
        for name, value in node.attributes.items():
            if name in GOES_TO and not may_go((node.tag, name), value or ""):
                found.append(f"<{node.tag} {name}={value!r}>")
    return found


def may_go(place, address):
    """Tell whether an address is one of ours, or in a link one of the web, as a browser would read it."""
    plain = "".join(character for character in address.strip() if character.isprintable())
    try:
        parts = urlsplit(plain.replace("\\", "/"))
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return True
    return place in LINKS and parts.scheme in ("http", "https") and "@" not in parts.netloc and "\\" not in address


def nodes(html):
    return [
        node for node in LexborHTMLParser(html).root.traverse(include_text=False) if not node.tag.startswith("-")
    ]
