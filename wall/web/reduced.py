"""Reduced data: who asks for it gets no picture before they tap it. A browser's wish, or a choice kept in a cookie."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from wall.web import access

COOKIE = "reduced"
KEPT_SECONDS = 365 * 24 * 3600


def reduced(request: Request) -> bool:
    """Tell whether whoever asks wants as little data as there can be; a choice made here goes before that."""
    chosen = request.cookies.get(access.cookie(request, COOKIE))
    if chosen in ("yes", "no"):
        return chosen == "yes"
    return request.headers.get("save-data", "").strip().lower() == "on"


def remember(request: Request, answer: Response) -> Response:
    """Have an answer keep what the address chooses (?reduced=yes)."""
    choice = "yes" if request.query_params.get("reduced") == "yes" else "no"
    access.set_cookie(request, answer, COOKIE, choice, seconds=KEPT_SECONDS)
    return answer


def without_pictures(html: Markup) -> Markup:
    """Return the fragment of a post whose pictures are fetched only once a script is told to; links to them stay."""
    # An author's words never hold a quotation mark: it is escaped.
    return Markup(str(html).replace(' src="', ' data-src="'))  # noqa: S704 - a fragment of ours
