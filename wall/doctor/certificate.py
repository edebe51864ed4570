"""Whether browsers will take the certificate of the public address."""

from dataclasses import dataclass

from wall.doctor.finding import Finding, careful, ok, wrong

CAREFUL_DAYS = 14
TODO = "Renew it now, and see that renewing runs by itself (Caddy does; for nginx, certbot with its timer)."


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server showed: for how many more days it holds, or why it is refused."""

    host: str
    days: float | None
    refusal: str = ""


def certificate(facts: Certificate) -> Finding:
    """Judge a certificate by what browsers ask of it: a chain they know, the name, and its time."""
    if facts.refusal:
        return wrong(
            "certificate",
            f"Browsers refuse the certificate of {facts.host}: {facts.refusal}.",
            "Install one for this very name, with its whole chain; Caddy does so by itself.",
        )
    days = facts.days or 0.0
    if days < CAREFUL_DAYS:
        return careful("certificate", f"It holds {days:.0f} more day{'' if round(days) == 1 else 's'}.", TODO)
    return ok("certificate", f"It is for {facts.host}, its chain is whole, and it holds {days:.0f} more days.")
