"""An event's brand: chosen and shared by organisers, served to its screens."""

import hashlib
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Literal, cast, get_args

from starlette.datastructures import FormData, UploadFile
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.brand import COLOURS, CORNERS, Brand, Plate, check_colours, stylesheet
from wall.core.event import Event
from wall.core.own_css import own_css
from wall.core.people import Person
from wall.core.post import Picture
from wall.core.text import clean_name
from wall.core.theme import FONTS, THEMES, FontName, ThemeName
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, PictureError
from wall.web import access, theme_files
from wall.web.acts import entry
from wall.web.form import MOST_FIELDS, Trouble
from wall.web.pages import static
from wall.web.state import State, state

MAX_BYTES = 10_000_000  # of a picture, as for posts
MAX_FORM = 2 * MAX_BYTES + 100 * 1024
Kind = Literal["logo", "photo"]
PICTURES = 2  # the logo and the background
USUAL_COLOURS = {"ground": "#0d0f12", "card": "#1b1e24", "ink": "#f5f3ef", "quiet": "#bcc0c7", "line": "#333840"}


async def show_brand(request: Request) -> HTMLResponse:
    """Show what the screens of an event look like, and what can be chosen."""
    event, who = await access.staff(request, "organiser")
    brand = await state(request)["store"].brands.get(event.slug)
    return await brand_page(request, event, who, brand, values_of(brand))


async def change_brand(request: Request) -> Response:
    """Change the brand; a theme's colours are refused where words could not be read on them."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    before = await services["store"].brands.get(event.slug)
    async with request.form(max_files=PICTURES, max_fields=MOST_FIELDS) as form:
        values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        try:
            brand = parse_brand(values, before)
            brand = await with_pictures(services, form, brand)
        except InvalidInput as error:
            return await brand_page(request, event, who, before, values, Trouble("look", error, values))
    return await keep(request, event, who, brand)


async def import_theme(request: Request) -> Response:
    """Take in a theme file; logo and background stay."""
    event, who = await access.staff(request, "organiser")
    before = await state(request)["store"].brands.get(event.slug)
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        upload = form.get("file")
        data = await upload.read(theme_files.MOST_BYTES + 1) if isinstance(upload, UploadFile) else b""
    try:
        brand = theme_files.read(data, before)
    except InvalidInput as error:
        return await brand_page(request, event, who, before, values_of(before), Trouble("import", error))
    return await keep(request, event, who, brand)


async def export_theme(request: Request) -> Response:
    """Return the theme as a file that any other event can take in."""
    event = await access.event(request, "organiser")
    brand = await state(request)["store"].brands.get(event.slug)
    headers = {
        "content-disposition": f'attachment; filename="{event.slug}-theme.json"',
        "cache-control": "no-store",
    }
    return Response(theme_files.written(brand), media_type="application/json", headers=headers)


async def keep(request: Request, event: Event, who: Person, brand: Brand) -> Response:
    services = state(request)
    told = entry(request, who, "settings", about=f"the look of screens: {brand.name or THEMES[brand.theme].name}")
    await services["store"].brands.put(event.slug, brand, now=services["now"](), entry=told)
    return RedirectResponse(f"/organise/{event.slug}/look", HTTPStatus.SEE_OTHER)


def parse_brand(values: dict[str, str], before: Brand) -> Brand:
    """Return the brand as filled in, with the pictures that were there; raises InvalidInput naming the field."""
    own = "own_colours" in values
    return replace(
        before,
        name=clean_name(values.get("name", "")),
        theme=cast(ThemeName, chosen(get_args(ThemeName), values, "theme", before.theme)),
        font=cast(FontName | None, chosen(("", *get_args(FontName)), values, "font", "") or None),
        colours=check_colours({name: values.get(name, "") for name in COLOURS} if own else {}),
        corner=parse_corner(values.get("corner", "")),
        plate=cast(Plate, chosen(get_args(Plate), values, "plate", "")),
        css=own_css(values.get("css", "")),
    )


async def with_pictures(services: State, form: FormData, brand: Brand) -> Brand:
    """Return the brand with the pictures that were sent, or without those that are to go."""
    return replace(
        brand,
        logo=await with_picture(services, form, "logo", "logo", brand.logo),
        background=await with_picture(services, form, "background", "photo", brand.background),
    )


async def with_picture(
    services: State, form: FormData, name: str, kind: Kind, before: Picture | None
) -> Picture | None:
    """Return the picture that was sent under a name, none where it is to go, else the one before."""
    upload = form.get(name)
    if isinstance(upload, UploadFile) and upload.size:
        return await kept(services, upload, name, kind)
    return None if f"no_{name}" in form else before


async def kept(services: State, upload: UploadFile, name: str, kind: Kind) -> Picture:
    data = await upload.read(MAX_BYTES + 1)
    if b"<svg" in data[:1000].lower():
        raise InvalidInput(_("An SVG can hold programs, so it is not shown. Export it as PNG."), field=name)
    try:
        picture = await services["pictures"].keep_bytes(data, kind=kind)
    except PictureError as error:
        raise InvalidInput(error.message, field=name) from error
    return replace(picture, likeness="", codes=())


def chosen(choices: tuple[str, ...], values: dict[str, str], field: str, usual: str) -> str:
    value = values.get(field, usual)
    if value not in choices:
        raise InvalidInput(_("Choose one of: %(choices)s.", choices=", ".join(filter(None, choices))), field=field)
    return value


def parse_corner(text: str) -> float | None:
    text = text.strip().replace(",", ".")
    if not text:
        return None
    plain = len(text) <= 6 and text.isascii() and text.replace(".", "", 1).isdigit()
    if not plain or not CORNERS[0] <= float(text) <= CORNERS[1]:
        raise InvalidInput(
            _(
                "A number from %(corners_first)s to %(corners_last)s, or nothing.",
                corners_first=f"{CORNERS[0]:g}",
                corners_last=f"{CORNERS[1]:g}",
            ),
            field="corner",
        )
    return float(text)


def values_of(brand: Brand) -> dict[str, str]:
    return {
        "name": brand.name,
        "theme": brand.theme,
        "font": brand.font or "",
        "corner": "" if brand.corner is None else f"{brand.corner:g}",
        "plate": brand.plate,
        "css": brand.css,
        **({"own_colours": "on"} if brand.colours else {}),
        **USUAL_COLOURS,
        **brand.colours,
    }


async def brand_page(
    request: Request,
    event: Event,
    who: Person,
    brand: Brand,
    values: dict[str, str],
    trouble: Trouble | None = None,
) -> HTMLResponse:
    return state(request)["pages"].page(
        "organise/look.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        themes=THEMES,
        fonts=FONTS,
        colours=COLOURS,
        values={**values_of(Brand()), **values},
        brand=brand_view(brand, event),
        trouble=trouble,
    )


def brand_view(brand: Brand, event: Event) -> dict[str, Any]:
    """Return a brand as pages show it. Its stylesheet's address changes whenever what is in it does."""
    mark = hashlib.sha256(repr((brand, event.accent)).encode("utf-8", "replace")).hexdigest()[:12]
    return {
        "name": brand.name or THEMES[brand.theme].name,
        "sheet": f"/{event.slug}/screen/brand.css?v={mark}",
        "logo": picture_view(brand.logo, event),
        "plate": brand.plate,
        "background": picture_view(brand.background, event),
    }


def picture_view(picture: Picture | None, event: Event) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {"url": f"/{event.slug}/brand/{picture.id}", "width": picture.width, "height": picture.height}


def theme_sheet(theme: ThemeName) -> str:
    return static(f"css/themes/{theme}.css")


async def brand_css(request: Request) -> Response:
    """Return the stylesheet of what is an event's own. Addresses change with it, and screens ask anew each time."""
    event = await access.event(request, "screen")
    brand = await state(request)["store"].brands.get(event.slug)
    shown = picture_view(brand.background, event)
    css = stylesheet(brand, event.accent, background=shown["url"] if shown else "")
    return Response(css, media_type="text/css", headers={"cache-control": "no-cache"})


async def brand_picture(request: Request) -> Response:
    """Return the logo, the background or the logo of a sponsor, from our own copy."""
    event = await access.event(request, "viewer")
    services = state(request)
    picture_id = request.path_params["picture"]
    brand = await services["store"].brands.get(event.slug)
    shown = brand.pictures | (await services["store"].sponsors.get(event.slug)).pictures
    path = services["pictures"].open(picture_id, "screen") if picture_id in shown else None
    if path is None:
        raise NotFound(_("There is no such picture."))
    return FileResponse(path, media_type="image/webp", headers={"cache-control": "no-cache"})


def large(path: str, endpoint: Any) -> Route:
    """Return the route of a form that pictures may be sent with."""
    limit = Middleware(RequestBodyLimitMiddleware, max_body_size=MAX_FORM)
    return Route(path, endpoint, methods=["POST"], middleware=[limit])


organise_routes = [
    Route("/organise/{slug}/look", show_brand),
    large("/organise/{slug}/look", change_brand),
    Route("/organise/{slug}/look/theme.json", export_theme),
    Route("/organise/{slug}/look/theme", import_theme, methods=["POST"]),
]
routes = [
    Route("/{slug}/screen/brand.css", brand_css),
    Route("/{slug}/brand/{picture}", brand_picture),
]
