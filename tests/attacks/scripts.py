"""Payloads that a stranger may write anywhere, and careless pages in which each of them bites: the control."""

import json
from dataclasses import dataclass

from tests.sources.world import FIXTURES

EVIL = "evil.example"
CARELESS = {
    "element": "<div>{}</div><p>That's it</p>",
    "attribute": '<input value="{}">',
    "apostrophe": "<input value='{}'>",
    "unquoted": "<input value={}>",
    "link": '<a href="{}">x</a>',
    "source": '<iframe src="{}"></iframe>',
    "script": "<script>var said = '{}'</script>",
    "template": "<script>var said = `{}`</script>",
    "json": '<script type="application/json">{{"said": "{}"}}</script>',
    "style": "<style>#ours {{ color: {} }}</style>",
    "comment": "<!-- {} -->",
    "title": "<title>{}</title>",
    "textarea": "<textarea>{}</textarea>",
    "noscript": "<noscript>{}</noscript>",
    "srcdoc": '<iframe srcdoc="{}"></iframe>',
}
TWICE = {
    "mutation": "new DOMParser().parseFromString({}, 'text/html').body.innerHTML",
    "twice": "new DOMParser().parseFromString({}, 'text/html').body.textContent",
    "percent": "decodeURIComponent({})",
    "escapes": "eval(`'${{{}}}'`)",
    "markdown": "{}.replace(/!\\[(.*?)\\]\\((.*)\\)/, '<img src=$2>').replace(/\\[(.*?)\\]\\((.*)\\)/, '<a href=$2>$1</a>')",
    "wide": "{}.normalize('NFKC')",
}
PAGE = '<!doctype html><p id="ours" style="position:absolute;left:0;top:0;margin:0">ours</p>'


@dataclass(frozen=True, slots=True)
class Payload:
    """Something to write, numbered, so that what it does can be told from what others do."""

    number: int
    context: str
    text: str

    @property
    def careless_page(self):
        """A page that puts it where it bites."""
        if self.context in CARELESS:
            return PAGE + CARELESS[self.context].format(self.text)
        said = TWICE[self.context].format(json.dumps(self.text).replace("<", "\\u003c"))
        return f"{PAGE}<div id=here></div><script>here.innerHTML = {said}</script>"


def payloads():
    lines = (FIXTURES / "attacks" / "scripts.tsv").read_text(encoding="utf-8").splitlines()
    return [
        Payload(number, context, text.replace("§", str(number)))
        for number, line in enumerate(lines, 100)
        for context, text in [line.split("\t")]
    ]


PAYLOADS = payloads()
