"""A post that is not here yet, shown as it would look."""

from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from wall.core.event import Event
from wall.core.moderation import Standing
from wall.web.state import state
from wall.web.views import post_view


def example(request: Request, event: Event, standing: Standing) -> Markup:
    """Return a post by the one fragment. It has no page of its own here: its time leads to where it is from."""
    return state(request)["pages"].fragment("post/_post.html", event.slug, standing, post=example_view)


def example_view(slug: str, standing: Standing) -> dict[str, Any]:
    return {**post_view(slug, standing), "url": standing.post.url or "#main"}
