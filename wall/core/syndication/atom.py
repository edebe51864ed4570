"""Entries as Atom (RFC 4287), paged as RFC 5005 has it."""

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from wall.core.syndication.document import Document, Entry

MEDIA_TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
GENERATOR = "Backchannel Wall"
# What XML 1.0 cannot hold, however it is written (2.2), and the end of a line that parsers would change.
OUTSIDE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def written(document: Document) -> bytes:
    """Return the page as XML."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": document.language})
    element(root, "id", document.first)
    element(root, "title", document.title)
    element(root, "updated", moment(document.updated))
    element(root, "generator", GENERATOR)
    link(root, "alternate", document.home, type="text/html")
    link(root, "self", document.url, type=MEDIA_TYPE)
    link(root, "first", document.first, type=MEDIA_TYPE)
    if document.older:
        link(root, "next", document.older, type=MEDIA_TYPE)
    for entry in document.entries:
        add(root, entry)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def add(root: Element, entry: Entry) -> None:
    node = SubElement(root, "entry", spoken(entry))
    element(node, "id", entry.url)
    element(node, "title", entry.title)
    element(node, "updated", moment(entry.updated))
    element(node, "published", moment(entry.published))
    author = SubElement(node, "author")
    element(author, "name", entry.author)
    if entry.author_url:
        element(author, "uri", entry.author_url)
    link(node, "alternate", entry.url, type="text/html")
    if entry.original:
        link(node, "via", entry.original)
    for category in entry.categories:
        SubElement(node, "category", {"term": clean(category)})
    for one in entry.enclosures:
        about = {"title": one.alt} if one.alt else {}
        link(node, "enclosure", one.url, type=one.media_type, **about)
    if entry.summary:
        element(node, "summary", entry.summary)
    element(node, "content", entry.html).set("type", "html")


def spoken(entry: Entry) -> dict[str, str]:
    """Return the language of an entry as an attribute, none where its network told something else than a language."""
    language = entry.language or ""
    return {"xml:lang": language} if LANGUAGE.fullmatch(language) else {}


def element(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    made.text = clean(text)
    return made


def link(parent: Element, rel: str, href: str, **attributes: str) -> None:
    said = {name: clean(value) for name, value in attributes.items()}
    SubElement(parent, "link", {"rel": rel, "href": clean(href), **said})


def clean(text: str) -> str:
    return OUTSIDE.sub("\ufffd", text)


def moment(at: datetime) -> str:
    """Return a time after RFC 3339, in whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
