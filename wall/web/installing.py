"""What lets a browser keep an event's live page as an app of its own: its manifest and its service worker."""

from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from wall.assets import folder
from wall.core.event import Event
from wall.web import access
from wall.web.pages import static

SHORT = 24
GROUND = "#15171a"
"""What a phone shows until the page is there: the ground of our icon."""
SIZES = (192, 512)


async def manifest(request: Request) -> Response:
    """Return the manifest of an event's live page."""
    event = await access.event(request, "viewer")
    headers = {"cache-control": "public, max-age=300"}
    return JSONResponse(manifest_of(event), media_type="application/manifest+json", headers=headers)


def manifest_of(event: Event) -> dict[str, Any]:
    address = f"/{event.slug}"
    return {
        "id": address,
        "name": event.title,
        "short_name": event.title[:SHORT],
        "start_url": address,
        "scope": address,
        "display": "standalone",
        "dir": "auto",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [
            {
                "src": static(f"img/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size in SIZES
            for purpose in ("any", "maskable")
        ],
    }


async def worker(request: Request) -> Response:
    """Return the live page's service worker, which keeps its last posts for when there is no network."""
    event = await access.event(request, "viewer")
    path = folder("static") / "js" / "workers" / "live.js"
    headers = {"cache-control": "no-cache", "service-worker-allowed": f"/{event.slug}"}
    return FileResponse(path, media_type="text/javascript", headers=headers)


routes = [
    Route("/{slug}/manifest.webmanifest", manifest),
    Route("/{slug}/worker.js", worker),
]
