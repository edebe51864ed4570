"""What a stranger says in a sample of each network, and whose source told of it."""

from wall.core.post import SourceRef
from wall.core.source import SourceSettings

WORDS = "Look @mia <b>here</b> https://x.example/a :cat: #PyConDE"
ADDRESS = "https://x.example/a"


def source(kind):
    return SourceRef(id="one", kind=kind)


def settings(kind):
    return SourceSettings(id="one", kind=kind, options={})
