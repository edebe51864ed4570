"""What is shown once and never again: links that let somebody in, and secrets."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from wall.web.qr import qr_svg
from wall.web.state import state


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to be copied, with what it is."""

    label: str
    value: str


def told_once(
    request: Request,
    *,
    title: str,
    lead: str,
    told: Sequence[Told],
    back: str,
    open_here: str | None = None,
    scan: str | None = None,
) -> HTMLResponse:
    """Return the page that shows something once; `scan` is also drawn as a code, `open_here` can be followed."""
    return state(request)["pages"].page(
        "organise/once.html",
        page="organise",
        title=title,
        lead=lead,
        told=told,
        back=back,
        open_here=open_here,
        code=Markup(qr_svg(scan).decode()) if scan else None,  # noqa: S704 - drawn by us, holds no text
    )
