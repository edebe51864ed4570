"""Posts from Bluesky: everything that is written there, by Jetstream, of which we keep what carries the hashtag."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.base import Batch, Context, Option
from wall.sources.bluesky.appview import AppView, Search
from wall.sources.bluesky.condition import Condition
from wall.sources.bluesky.hosts import Hosts, read_position
from wall.sources.bluesky.introducing import Introducer
from wall.sources.bluesky.listening import Listener, Waiting
from wall.sources.bluesky.reading import Reading
from wall.sources.bluesky.wire import DID
from wall.sources.merge import Reader, merged
from wall.sources.payload import since_epoch
from wall.sources.replies import Pace, ask_about_posts
from wall.sources.replying import ANSWERS, option
from wall.sources.servers import addresses

MOST_WATCHED = 2000
MOST_WAITING = 500  # posts whose authors are not known yet; beyond it the stream waits
JETSTREAMS = (
    "wss://jetstream2.us-east.bsky.network wss://jetstream1.us-west.bsky.network "
    "wss://jetstream1.us-east.bsky.network wss://jetstream2.us-west.bsky.network "
    "wss://jetstream1.us-east.fire.hose.cam wss://jetstream2.fr.hose.cam"
)
APPVIEW = "https://public.api.bsky.app"
LOGIN = "https://bsky.social"


class Bluesky:
    """One Jetstream at a time, and one AppView; for what is older, a search with an app password."""

    kind: ClassVar[str] = "bluesky"
    title: ClassVar[str] = "Bluesky"
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (_("Authors who show themselves to signed-in people only."),)
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="jetstreams",
            label=_("Jetstreams"),
            help=_(
                "Servers that send on everything written on Bluesky. One is listened to; when it fails, the next."
            ),
            required=True,
            expert=True,
            default=JETSTREAMS,
        ),
        Option(
            name="appview",
            label=_("AppView"),
            help=_("The server that knows names, pictures and who wants to be seen by whom."),
            required=True,
            expert=True,
            default=APPVIEW,
        ),
        Option(
            name="handle",
            label=_("Handle for searching"),
            help=_(
                "Optional, with an app password: posts from before the source was set up, and from after an "
                "interruption of more than a day, are then searched for once."
            ),
        ),
        Option(
            name="app_password",
            label=_("App password"),
            help=_(
                "Optional. Made in Bluesky under Settings → Privacy and security → App passwords; never the "
                "account's own password. It needs no access to direct messages."
            ),
            secret=True,
        ),
        Option(
            name="login",
            label=_("Server of that account"),
            help=_("Only needed for an account that is not on Bluesky's own servers."),
            expert=True,
            default=LOGIN,
        ),
        option(
            _(
                "yes lets moderators also post an answer of the wall's as a reply there, in the name of this account "
                "and its app password. Nothing else is ever posted. no only reads."
            )
        ),
    )
    gather_seconds: ClassVar[float] = 0.2
    look_seconds: ClassVar[float] = 5.0
    silence_seconds: ClassVar[float] = 30.0
    sweep_seconds: ClassVar[tuple[float, float]] = (90.0, 150.0)
    longest_wait_seconds: ClassVar[float] = 60.0
    asking: ClassVar[Pace] = Pace()

    def __init__(self, context: Context) -> None:
        self.context = context
        self.settings = self.check(context.settings.options)
        self.source = SourceRef(id=context.settings.id, kind=self.kind)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        name = clean_name(handle).removeprefix("https://bsky.app/profile/")
        if not DID.fullmatch(name):
            raise InvalidInput(
                _(
                    "Write the account's DID, which begins with did:plc: and stays when the handle changes; "
                    "internect.info shows it for a handle."
                ),
                field="handle",
            )
        return (name,)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        place = read_position(position)
        if place.time is None:
            return None
        return Place(
            _("all that %(place)s told", place=place.host) if place.host else _("all that the Jetstream told"),
            since_epoch(place.time / 1_000_000),
            steady=True,
        )

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        jetstreams = addresses(options.get("jetstreams", ""), field="jetstreams", secure="wss", plain="ws")
        if not jetstreams:
            raise InvalidInput(_("Name at least one Jetstream."), field="jetstreams")
        handle = clean_name(options.get("handle", "")).removeprefix("@").lower()
        password = options.get("app_password", "").strip()
        if password and not handle:
            raise InvalidInput(_("Say whose app password this is."), field="handle")
        if handle and not password:
            raise InvalidInput(_("Add an app password, or leave the handle out."), field="app_password")
        if not password.isascii() or not password.isprintable() or " " in password:
            raise InvalidInput(_("This is not an app password."), field="app_password")
        answers = options.get(ANSWERS, "no").strip().lower() or "no"
        if answers not in ("yes", "no"):
            raise InvalidInput(_("Write yes or no."), field=ANSWERS)
        if answers == "yes" and not password:
            raise InvalidInput(_("Only an account with an app password can answer."), field=ANSWERS)
        return {
            ANSWERS: answers,
            "jetstreams": " ".join(jetstreams),
            "appview": single(options.get("appview", "") or APPVIEW, field="appview"),
            "handle": handle,
            "app_password": password,
            "login": single(options.get("login", "") or LOGIN, field="login"),
        }

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        position, now = read_position(since), self.context.now()
        hosts = Hosts(self.settings["jetstreams"].split(), position)
        reading = Reading(self.context.event, self.source, position.hidden)
        reading.watch(reversed(await self.context.known(MOST_WATCHED)))
        searched = bool(self.settings["app_password"]) and (position.time is None or hosts.missed(now))
        condition = Condition(missed=hosts.missed(now) and not searched)
        waiting: asyncio.Queue[Waiting] = asyncio.Queue(MOST_WAITING)
        introducer = Introducer(
            self.context, AppView(self.settings["appview"], fetch=self.context.fetch), reading, condition, waiting
        )
        listener = Listener(self.context, hosts, reading, condition, waiting, introducer.forget)
        longest = self.longest_wait_seconds
        readers: list[Reader] = [
            partial(listener.listen, silence=self.silence_seconds, look=self.look_seconds, longest_wait=longest),
            partial(introducer.introduce, gather=self.gather_seconds, longest_wait=longest),
            partial(introducer.sweep, seconds=self.sweep_seconds, longest_wait=longest),
            partial(ask_about_posts, self.context, introducer.ask, introducer.amplifying.ask, self.asking),
        ]
        if searched:
            login = Search(
                self.settings["login"],
                self.settings["handle"],
                self.settings["app_password"],
                fetch=self.context.fetch,
            )
            readers.append(partial(introducer.search, login, position.time, longest_wait=longest))
        async with aclosing(merged(readers)) as batches:
            async for batch in batches:
                yield batch


def single(text: str, *, field: str) -> str:
    """Return the one address typed; raises InvalidInput."""
    found = addresses(text, field=field, secure="https", plain="http")
    if len(found) != 1:
        raise InvalidInput(_("Name one server, such as https://example.org."), field=field)
    return found[0]
