"""Taking part: a person writes, in the room or from afar, and sees what becomes of it. Works without JavaScript."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.continent import checked
from wall.core.event import Event
from wall.core.identity import KEPT_SECONDS
from wall.core.member import participant_member
from wall.core.participant import PLACES, Participant
from wall.core.post import Media, Post
from wall.core.text import clean, clean_name
from wall.core.tickets import check_ticket
from wall.core.words import _
from wall.errors import InvalidInput, NotTakingPart, PictureError
from wall.sources import form
from wall.store.fares import Happened
from wall.store.participants import MOST_POSTS
from wall.web import access, check, code_entry, mail_link, sign_in_elsewhere
from wall.web.back_channels.carry import leave_all
from wall.web.form import fields
from wall.web.join_page import LONGEST_ALT, NONCE_LENGTH, answerable, form_source, join_page, sent_from, told
from wall.web.participation import admit, own_id, taking_part
from wall.web.passed import take_all_back
from wall.web.state import state
from wall.web.terms_form import terms_words
from wall.web.writing import may_write

MAX_PICTURE = 8_000_000  # bytes
MAX_FORM = MAX_PICTURE + 100 * 1024
MAX_UNKNOWN = 300 * 1024  # from who may not take part, so that their words stay
MOST_FIELDS = 12
MAX_TOLD = 100_000_000  # so much too much is refused in words; what is more, by the framework
LONGEST_LENGTH = 12  # digits


async def show(request: Request) -> Response:
    """Show the form, or what is asked first, and what became of one's posts; a screen's code lets in who came by it."""
    event = await access.event(request, "viewer")
    ticket = request.query_params.get("k")
    if not ticket:
        return await join_page(request, event)
    secret = await state(request)["store"].screens.secret(event.slug)
    if not check_ticket(secret, event.slug, ticket, now=state(request)["now"]()):
        stage = "room" if event.participation.who == "room" else None
        status = HTTPStatus.FORBIDDEN if stage else HTTPStatus.OK
        return await join_page(request, event, status=status, stage=stage)
    answer = RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)
    await admit(request, event, answer)
    return answer


async def send(request: Request) -> Response:
    """Take in what somebody wrote; it goes where the mode says, which mostly is to a moderator."""
    event = await access.event(request, "viewer")
    try:
        author = await taking_part(request, event)
    except NotTakingPart as error:
        values = await words_alone(request)
        return await join_page(request, event, status=HTTPStatus.FORBIDDEN, error=error, values=values)
    if (length := announced(request)) is None or length > MAX_FORM:
        too_large = InvalidInput(
            _("That picture is larger than %(num)s MB.", num=MAX_PICTURE // 1_000_000), field="picture"
        )
        return await join_page(request, event, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error=too_large)
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as filled:
        values = {name: value for name, value in filled.multi_items() if isinstance(value, str)}
        return await take_in(request, event, author, values, filled.get("picture"))


async def take_in(
    request: Request, event: Event, author: Participant, values: Mapping[str, str], picture: object
) -> Response:
    try:
        post = await written(request, event, author, values)
        if (await state(request)["store"].posts.get_all(event.slug, [post.id]))[0]:
            return RedirectResponse(
                f"/{event.slug}/join?sent", HTTPStatus.SEE_OTHER
            )  # sent twice over a bad network
        await may_write(request, event, author)
        post = replace(post, media=await attached(request, values, picture))
    except NotTakingPart as error:
        status = HTTPStatus.FORBIDDEN if error.why == "locked" else HTTPStatus.TOO_MANY_REQUESTS
        return await join_page(request, event, status=status, error=error, values=values)
    except InvalidInput as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return await join_page(request, event, status=status, error=error, values=values)
    services = state(request)
    author = await located(request, event, author, values)
    await services["acceptor"].accept(event.slug, [post])
    happened = Happened(
        state="healthy", detail="Taking posts in.", posts=1, kind=post.source.kind, now=services["now"]()
    )
    await services["store"].sources.note(event.slug, post.source.id, happened)
    participants = services["store"].participants
    await participants.sent(event.slug, author.id, post.id, keep_seconds=KEPT_SECONDS)
    said = replace(author, name=clean_name(values.get("name", "")), place=post.place)
    if said != author:
        await participants.save(event.slug, said, keep_seconds=KEPT_SECONDS)
    return RedirectResponse(f"/{event.slug}/join?sent", HTTPStatus.SEE_OTHER)


async def located(request: Request, event: Event, author: Participant, values: Mapping[str, str]) -> Participant:
    """Return a participant under the continent they chose, kept before their post is; their other posts follow."""
    if event.chat is None or not event.chat.continents or "continent" not in values:
        return author
    continent, store = checked(values["continent"]), state(request)["store"]
    if continent == author.continent:
        return author
    said = replace(author, continent=continent)
    await store.participants.save(event.slug, said, keep_seconds=KEPT_SECONDS)
    await store.chat_index.look_again(
        event.slug, await store.participants.posts(event.slug, author.id, limit=MOST_POSTS)
    )
    return said


async def written(request: Request, event: Event, author: Participant, values: Mapping[str, str]) -> Post:
    """Return the post of a filled-in form, without its picture; raises InvalidInput."""
    services = state(request)
    nonce = values.get("nonce", "")
    if not (nonce.isascii() and nonce.isalnum()) or len(nonce) != NONCE_LENGTH:
        raise InvalidInput(_("This form is not whole; load the page again."))
    if values.get("website"):
        raise InvalidInput(_("Leave the hidden field empty."))
    place = values.get("place", "")
    if place not in PLACES:
        raise InvalidInput(
            _("Say that you are in the room or that you follow from afar, or neither."), field="place"
        )
    source = await form_source(services, event)
    if source is None:
        raise InvalidInput(_("No posts are taken in here now."), field="text")
    # One nonce is one post: a form sent twice over a bad network is not two.
    post = form.parse(
        values.get("name", ""),
        values.get("text", ""),
        author.id,
        event,
        services["now"](),
        f"{author.id}-{nonce}",
        source=source,
        place=place,
        reply_to=await replied_to(request, event, values.get("reply", "")),
    )
    if not event.wants(post):
        terms = replace(event.terms, every=())  # these need not be written here
        raise InvalidInput(_("Only posts %(terms)s come in.", terms=terms_words(terms)), field="text")
    return post


async def replied_to(request: Request, event: Event, id: str) -> str | None:
    """Return the uid of the post that is answered; raises InvalidInput when it is not on the wall any more."""
    if not id:
        return None
    standing = await answerable(state(request), event, id)
    if standing is None:
        raise InvalidInput(_("What you answer is not on the wall any more. Send it again, as a post of its own."))
    return standing.post.uid


async def attached(request: Request, values: Mapping[str, str], upload: object) -> tuple[Media, ...]:
    """Return the picture that was sent, encoded anew: what its file said of time and place is gone."""
    if not isinstance(upload, UploadFile) or not upload.size:
        return ()
    data = await upload.read(MAX_PICTURE + 1)
    if len(data) > MAX_PICTURE:
        raise InvalidInput(
            _("That picture is larger than %(num)s MB.", num=MAX_PICTURE // 1_000_000), field="picture"
        )
    try:
        picture = await state(request)["pictures"].keep_bytes(data, kind="photo")
    except PictureError as error:
        raise InvalidInput(
            _("%(trouble)s Choose another picture, or send your words alone.", trouble=error.message),
            field="picture",
        ) from error
    alt = clean(values.get("alt", "")[: 4 * LONGEST_ALT], limit=LONGEST_ALT)
    return (Media(kind="image", url=f"form:{picture.id}", alt=alt or None, picture=picture),)


async def words_alone(request: Request) -> Mapping[str, str]:
    """Return what somebody typed who may not take part; nothing, where it is more than words."""
    length = announced(request)
    if length is None or length > MAX_UNKNOWN:
        return {}
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as filled:
        return {name: value for name, value in filled.multi_items() if isinstance(value, str)}


def announced(request: Request) -> int | None:
    """Return how many bytes a request says it sends, which is as much as is read of it; None where it does not say."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) <= LONGEST_LENGTH else None


async def remove(request: Request) -> Response:
    """Withdraw a post for the browser that it came from."""
    event = await access.event(request, "viewer")
    services = state(request)
    author, values = await own_id(request, event), await fields(request)
    if author is not None:
        await take_all_back(services, event, participant_member(author), post_id=values.get("post", ""))
        await services["leaving"].remove(
            event.slug, values.get("post", ""), form.author_uid(author), now=services["now"]()
        )
    return RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)


async def leave(request: Request) -> Response:
    """Leave everything from this browser out of the event, or take it in again."""
    event = await access.event(request, "viewer")
    services = state(request)
    author, values = await own_id(request, event), await fields(request)
    now = services["now"]()
    if author is not None and values.get("do") == "return":
        await services["leaving"].come_back(event.slug, form.author_uid(author), at=now)
    elif author is not None:
        await services["leaving"].leave(event.slug, form.author_uid(author), at=now, now=now)
        await leave_all(services, event, participant_member(author))
        await take_all_back(services, event, participant_member(author), post_id=None)
    return RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)


async def mine(request: Request) -> Response:
    """Tell a browser what became of its posts."""
    event = await access.event(request, "viewer")
    author = await own_id(request, event)
    sent = await sent_from(state(request), event, author)
    return JSONResponse([told(standing) for standing in sent], headers={"cache-control": "no-store"})


routes = [
    Route("/{slug}/join", show),
    Route("/{slug}/join", send, methods=["POST"], max_body_size=MAX_TOLD),
    Route("/{slug}/join/mine", mine),
    Route("/{slug}/join/removal", remove, methods=["POST"]),
    Route("/{slug}/join/leaving", leave, methods=["POST"]),
    *check.routes,
    *mail_link.routes,
    *code_entry.routes,
    *sign_in_elsewhere.routes,
]
