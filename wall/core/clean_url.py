"""The address of a page without what only says how somebody came to it, so that links to one page are one link."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from wall.core.link import safe_href

CLICKS = "fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igsh igshid si"
MAILINGS = "mc_cid mc_eid mkt_tok _hsenc _hsmi ref_src ref_url s_cid vero_id wt_mc"
TRACKING = frozenset(f"{CLICKS} {MAILINGS}".split())
TRACKING_PREFIXES = ("utm_", "hsa_", "pk_", "mtm_")
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def clean_url(url: str) -> str:
    """Return an address as it is counted: the host in small letters, without tracking, fragment and the slash at its
    end, and as https, unless it names a port of its own; "" for what cannot be linked to.
    """
    safe = safe_href(url)
    if safe is None:
        return ""
    parts = urlsplit(safe)
    host = parts.netloc.lower().removesuffix(DEFAULT_PORTS[parts.scheme])
    scheme = parts.scheme if ":" in host else "https"
    path = parts.path.rstrip("/")
    query = kept(parts.query)
    return f"{scheme}://{host}{path}{'?' if query else ''}{query}"


def kept(query: str) -> str:
    """Return a query without what is there for tracking; as it is written where there is none of that."""
    if not query:
        return ""
    fields = parse_qsl(query, keep_blank_values=True)
    others = [(name, value) for name, value in fields if not tracks(name.lower())]
    return query if len(others) == len(fields) else urlencode(others)


def tracks(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
