"""What the staff does, as entries of the audit log."""

from starlette.requests import Request

from wall.core.audit import Entry, EntryKind
from wall.core.event import Event
from wall.core.people import Person
from wall.web.state import state


def entry(request: Request, who: Person, kind: EntryKind, *, about: str = "", post: str | None = None) -> Entry:
    """Return the entry of an act; the store writes it in one step with the act."""
    return Entry(kind=kind, by=who.id, by_name=who.name, at=state(request)["now"](), about=about, post=post)


async def note(request: Request, event: Event, who: Person, kind: EntryKind, *, about: str) -> None:
    """Add an entry about an act that is done outside of the event's keys. Before the act: none may go untold."""
    await state(request)["store"].audit.note(event.slug, entry(request, who, kind, about=about))
