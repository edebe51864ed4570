"""Who of the staff a programme's speakers are: said by a link of theirs or by an organiser, never by a name alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from wall.core.entry import handle, mentioned
from wall.core.post import Author, Post
from wall.core.programme import OVERRUN, Programme


def called(speaker: str) -> str:
    """Return a speaker's name as it is compared, however it is spaced or written."""
    return " ".join(speaker.split()).casefold()


def named(programme: Programme) -> Sequence[str]:
    """Return every speaker that a programme names, each once."""
    found = {called(name): name for one in reversed(programme.sessions) for name in one.speakers}
    return sorted(found.values(), key=str.casefold)


def tied(programme: Programme, speaker: str, person_id: str) -> Programme:
    """Return a programme once it is known who a speaker is; "" for nobody that is known."""
    others = {name: id for name, id in programme.speaking.items() if name != called(speaker)}
    return replace(programme, speaking={**others, called(speaker): person_id} if person_id else others)


def during(programme: Programme, person_id: str, time: datetime) -> bool:
    """Tell whether a session ran then, or a while before, that somebody of the staff speaks in."""
    names, found = {name for name, id in programme.speaking.items() if id == person_id}, programme.ends()
    return any(
        one.starts <= time < found[one.id] + OVERRUN
        for one in programme.sessions
        if names & {called(each) for each in one.speakers}
    )


def handles(programme: Programme, authors: Iterable[Author]) -> frozenset[str]:
    """Return the handles of those authors who call themselves as a speaker is called: a hint, for anybody may."""
    names = {called(name) for name in named(programme)}
    return frozenset(handle(one.handle) for one in authors if one.handle and called(one.name) in names)


def speaks_to(speakers: Collection[str], post: Post) -> bool:
    """Tell whether a post names somebody by one of these handles."""
    return any(span.kind == "mention" and mentioned(post, span) in speakers for span in post.spans)
