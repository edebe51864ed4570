"""What stands between people and the wall: the port, a proxy, the venue's network."""

from dataclasses import dataclass
from typing import Literal

from wall.doctor.finding import Finding, careful, ok, wrong

Port = Literal["free", "a wall", "somebody else", "not ours"]
SECOND = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """How the public address answered when it was asked whether the wall is alive: `status` is None for not at all."""

    url: str
    status: int | None
    alive: bool = False
    led_to: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """How the wall says we reached it: by which scheme, and from which address; `forwarded_for` is what a proxy said
    of us that the wall was told, and `claimed` what we said of ourselves, which nobody should believe."""

    secure: bool
    address: str
    forwarded_for: tuple[str, ...]
    claimed: str = ""
    scheme: str = "http"


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of a picture as large as the wall takes: `refused` by whom stands before the wall."""

    megabytes: float
    refused: bool
    why: str = ""


def port(where: str, state: Port) -> Finding:
    if state == "free":
        return careful("port", f"{where} is free: no wall runs here yet.", "Start it: “backchannel serve”.")
    if state == "a wall":
        return ok("port", f"A wall answers at {where}.")
    if state == "not ours":
        return wrong("port", f"{where} is no address of this machine.", "Give one that is: --host or WALL_HOST.")
    return wrong(
        "port", f"Something else has {where}.", "Stop it, or give the wall another port: --port or WALL_PORT."
    )


def door(answer: Answer) -> Finding:
    """Judge whether the public address leads to a wall, and not to what a venue's network puts in its place."""
    name = "public address"
    if answer.alive:
        return ok(name, f"The wall answers at {answer.url}.")
    if answer.led_to or answer.status == 511:
        there = f" ({answer.led_to})" if answer.led_to else ""
        return wrong(
            name,
            f"The network answers in the wall's place{there}: a captive portal, where people must sign in first.",
            "Have screens and staff let in for good (by their MAC addresses), and the wall's name let through.",
        )
    if answer.status is None:
        return wrong(
            name,
            f"{answer.url} cannot be reached: {answer.why}.",
            "Start the wall and its proxy, and let the port through the firewall.",
        )
    if answer.status < 400:
        return wrong(
            name,
            f"{answer.url} answers, but it is no wall.",
            "Somebody else has this name, or a captive portal answers; lead the proxy to the wall's port.",
        )
    return wrong(name, f"{answer.url} answers with {answer.status}.", "Lead the proxy to the port of the wall.")


def proxy(plain: Reached, pretended: Reached) -> list[Finding]:
    """Judge whether the wall is told truly who is there."""
    findings = []
    proxied = bool(plain.forwarded_for)
    if proxied and plain.address not in plain.forwarded_for:
        findings.append(
            wrong(
                "forwarded address",
                f"A proxy says who calls, and the wall does not believe it: everybody is {plain.address} to it.",
                f"Set WALL_TRUSTED_PROXIES={plain.address} and start the wall anew.",
            )
        )
    elif pretended.address == pretended.claimed and proxied:
        findings.append(
            wrong(
                "forwarded address",
                "The proxy passes on whatever callers say of themselves, so anybody can be anybody.",
                "Have it set X-Forwarded-For anew (nginx: proxy_set_header X-Forwarded-For $remote_addr).",
            )
        )
    else:
        findings.append(ok("forwarded address", f"The wall knows us as {plain.address}."))
    if plain.secure and plain.scheme != "https":
        findings.append(
            wrong(
                "forwarded scheme",
                "The address is https, and the wall believes it is asked by http.",
                "Have the proxy send X-Forwarded-Proto, and name it in WALL_TRUSTED_PROXIES.",
            )
        )
    return findings


def upload(facts: Upload) -> Finding:
    size = f"{facts.megabytes:.0f} MB"
    if facts.refused:
        return wrong(
            "upload limit",
            f"A picture of {size} is refused before it reaches the wall ({facts.why}).",
            "Raise the proxy's limit to 10 MB (nginx: client_max_body_size 10m).",
        )
    return ok("upload limit", f"Pictures of {size} get through.")
