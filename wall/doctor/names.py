"""Whether the names of other machines can be looked up here."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from wall.core.source import SourceSettings
from wall.doctor.finding import Finding, careful, ok, wrong

SERVERS = frozenset(("server", "servers", "servers", "relays", "appview", "jetstreams", "host"))
"""Options of sources that name servers, if without a scheme."""
TODO = "See that this machine has a DNS server that answers, and that the name is spelled right."


def hosts_of(source: SourceSettings) -> Iterator[str]:
    """Yield the hosts that the options of a source name, which may be several in one."""
    for option, value in source.options.items():
        for word in value.replace(",", " ").split():
            address = word if "://" in word else f"//{word}" if option in SERVERS and "." in word else ""
            try:
                host = urlsplit(address).hostname
            except ValueError:
                continue
            if host:
                yield host


def names(looked_up: Mapping[str, tuple[str, bool]], *, public: str) -> list[Finding]:
    """Judge names: each with what it is needed for, and whether it was found. Without the public one nothing works."""
    lost = {name: needed for name, (needed, found) in looked_up.items() if not found}
    findings = [
        wrong(f"name {name}", f"“{name}” is not found; {needed} needs it.", TODO)
        if name == public
        else careful(f"name {name}", f"“{name}” is not found; {needed} needs it.", TODO)
        for name, needed in lost.items()
    ]
    if len(lost) < len(looked_up):
        number = len(looked_up) - len(lost)
        findings.append(ok("names", f"{number} name{'' if number == 1 else 's'} can be looked up."))
    return findings
