"""Letters that warn staff, in words: what each kind says, and whether there still is anything to warn of."""

from dataclasses import dataclass
from datetime import date, datetime

from wall.core.erasure import CONFIRM_WITHIN
from wall.core.event import Event
from wall.core.letter import Letter, LetterKind, letter
from wall.core.people import Person
from wall.core.words import Words, _, listed
from wall.errors import NotFound
from wall.store import Store
from wall.web.retention_view import CALLED
from wall.web.state import State
from wall.web.when import clock, days

WAYS: dict[str, Words] = {
    "passkey": _("A passkey was made"),
    "passphrase": _("A passphrase was set"),
    "elsewhere": _("Signing in elsewhere was tied to your account"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a letter says, and where on this wall to look."""

    subject: Words
    words: Words
    then: Words
    path: str


async def warn(services: State, who: Person, kind: LetterKind, about: str) -> None:
    """Have somebody told of their account, if they want to be; call it before what it tells of."""
    now = services["now"]()
    told = letter(who, kind, now=now, about=about, drawn=now.isoformat())
    if told and services.get("mailing"):
        await services["store"].letters.put(told)


async def said(store: Store, told: Letter, *, now: datetime) -> Said | None:
    """Return what a letter says, None where it would say nothing any more: the person, event or danger is gone."""
    try:
        who = await store.people.get(told.person)
    except NotFound:
        return None
    if told.kind == "moved":
        return moved(who)
    if who.mailbox is None or who.mailbox.address != told.to:
        return None
    if not told.slug:
        return browser(told) if told.kind == "browser" else way(told)
    try:
        event = await store.events.get(told.slug)
    except NotFound:
        return None
    if not who.may(event.slug, "organiser"):
        return None
    return retention(event, told, now) if told.kind == "retention" else await erasure(store, event, told)


def retention(event: Event, told: Letter, now: datetime) -> Said | None:
    until = date.fromisoformat(told.about)
    gone = [CALLED[one] for one, day in event.retention.soon(event.ends, event.timezone, now) if day == until]
    if not gone:
        return None
    if CALLED["posts"] in gone and event.retention.left == "nothing":
        gone = [_("the whole event with everything")]
    return Said(
        subject=_("%(event)s: kept until %(day)s", event=event.title, day=days(until, until)),
        words=_(
            "After %(day)s this is erased at %(event)s: %(what)s.",
            day=days(until, until),
            event=event.title,
            what=listed(gone),
        ),
        then=_("Take away before what you need, or change the days:"),
        path=f"/organise/{event.slug}#retention",
    )


async def erasure(store: Store, event: Event, told: Letter) -> Said | None:
    wish = await store.erasures.wished(event.slug)
    if wish is None or wish.at.isoformat() != told.about:
        return None
    by = clock(wish.at + CONFIRM_WITHIN, told.at, event.timezone)
    return Said(
        subject=_("%(event)s: somebody wants it erased", event=event.title),
        words=_(
            "%(name)s asked for %(event)s to be erased with everything. It is, as soon as a second person says so, "
            "until %(time)s.",
            name=wish.by_name,
            event=event.title,
            time=by,
        ),
        then=_("Keep it, or confirm it:"),
        path=f"/organise/{event.slug}#erasure",
    )


def browser(told: Letter) -> Said:
    return Said(
        subject=_("A new browser signed in to your account"),
        words=_(
            "Somebody, you we hope, signed in as you in a browser that was not yours before: %(about)s.",
            about=told.about,
        ),
        then=_("If it was not you, sign it out here, and ask an owner for help:"),
        path="/account#sessions",
    )


def way(told: Letter) -> Said:
    name, _colon, more = told.about.partition(": ")
    what = _("%(what)s: %(name)s", what=WAYS[name], name=more) if more else WAYS[name]
    return Said(
        subject=_("A new way into your account"),
        words=_("%(what)s. From now on it lets somebody in, you we hope.", what=what),
        then=_("If it was not you, take it back here, and ask an owner for help:"),
        path="/account",
    )


def moved(who: Person) -> Said:
    return Said(
        subject=_("You are warned here no longer"),
        words=_("Somebody, you we hope, took this address from the account of %(name)s.", name=who.name),
        then=_("If it was not you, sign out every other browser here, and ask an owner for help:"),
        path="/account#sessions",
    )
