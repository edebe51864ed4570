"""Templates: rendered with every value escaped, and assets by addresses that change with their content."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.responses import HTMLResponse

from wall.assets import folder
from wall.core.languages import NAMES, Language, direction
from wall.core.moderation import Answered, Copy, Standing
from wall.core.post import Post
from wall.core.words import all_of, any_of, listed
from wall.web import language, linking
from wall.web.networks import NETWORKS
from wall.web.script_words import script_words
from wall.web.views import post_view

Shown = tuple[Post, tuple[Copy, ...], int, Mapping[str, int], Answered | None, Post | None]
View = Callable[[str, Standing], dict[str, Any]]

log = logging.getLogger(__name__)

MOST_KEPT = 1000  # posts, of about 3 kB each with their fragment


class Pages:
    """The pages and fragments of the wall."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, bool, Language], tuple[Shown, Markup]] = {}
        self.templates = templates()

    def render(self, template: str, **context: Any) -> str:
        return self.templates.get_template(template).render(context)

    def page(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """Return a page as the answer to a request. Pages are never stored by caches: what is removed is removed."""
        return HTMLResponse(self.render(template, **context), status, headers={"cache-control": "no-store"})

    def post(self, slug: str, standing: Standing) -> Markup:
        """Return the one fragment of a post in a language, rendered anew only when what it shows has changed."""
        key = (slug, standing.post.id, standing.pinned, language.current())
        kept = self.kept.get(key)
        shown = (
            standing.post,
            standing.copies,
            standing.replies,
            standing.reactions,
            standing.answers,
            standing.answer,
        )
        if kept and kept[0] == shown:
            return kept[1]
        html = self.fragment("post/_post.html", slug, standing)
        self.kept.pop(key, None)
        self.kept[key] = shown, html
        if len(self.kept) > MOST_KEPT:
            del self.kept[next(iter(self.kept))]
        return html

    def fragment(self, template: str, slug: str, shown: Standing, /, **views: View) -> Markup:
        """Render a fragment of a post; one that cannot be rendered becomes a notice instead of a broken wall.

        The template is given the post, and what each of `views` makes of the standing.
        """
        try:
            context = {name: view(slug, shown) for name, view in {"post": post_view, **views}.items()}
            return Markup(self.render(template, **context))  # noqa: S704 - our own template, which escapes
        except Exception:
            log.exception("%s: the post %s cannot be rendered", slug, shown.post.id)
            return Markup(self.render("post/_unrenderable.html", post={"id": shown.post.id}))  # noqa: S704


@cache
def templates() -> jinja2.Environment:
    """Return the templates, each compiled when a process needs it first."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=language.finished,
        extensions=["jinja2.ext.i18n"],
    )
    found.policies["ext.i18n.trimmed"] = True
    found.newstyle_gettext = True  # type: ignore[attr-defined]
    found.globals |= {"static": static, "event": None, "page": None}
    found.globals |= {"_": language.gettext, "gettext": language.gettext, "ngettext": language.ngettext}
    found.globals |= {"language": language.current, "direction": lambda: direction(language.current())}
    found.globals |= {"languages": NAMES, "view": language.here, "script_words": script_words}
    found.filters |= {"number": language.number, "listed": listed, "all_of": all_of, "any_of": any_of}
    found.globals["network_names"] = NETWORKS
    return found


@cache
def edition() -> str:
    """Return a mark of everything in static/ and of how it is linked, which changes when any of that does."""
    digest = hashlib.sha256(Path(linking.__file__).read_bytes())
    root = folder("static")
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def static(path: str) -> str:
    """Return the address of an asset; the mark is in its path, so that what it names has it too."""
    return f"/static/{edition()}/{path}"
