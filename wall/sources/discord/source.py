"""Posts from channels of Discord that a bot of the wall's own is in."""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput, SourceError
from wall.sources.base import Batch, Context, Health, Option
from wall.sources.discord.api import WRONG_TOKEN, Api
from wall.sources.discord.following import Following, read_position
from wall.sources.discord.message import ID, Reading, author_uid, written_at
from wall.sources.discord.session import Gateway
from wall.sources.merge import Put, merged
from wall.sources.payload import mapping
from wall.sources.places import listed
from wall.sources.yes_no import yes_or_no

TOKEN = re.compile(r"[\w.-]{30,200}", re.ASCII)
CHANNEL = re.compile(r"(?:https://(?:\w+\.)?discord\.com/channels/\d{1,20}/)?(\d{1,20})/?", re.ASCII)
SEPARATOR = re.compile(r"[\s,;]+")
MOST_CHANNELS = 20


class Discord:
    """A bot that listens to the Gateway, and reads what it missed."""

    kind: ClassVar[str] = "discord"
    title: ClassVar[str] = "Discord"
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (
        _("Threads and forums, and old messages that were deleted while it was away."),
    )
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="token",
            label=_("Bot token"),
            help=_(
                "At discord.com/developers/applications with an app of your own, under Bot, where “Message Content "
                "Intent” must be switched on."
            ),
            required=True,
            secret=True,
        ),
        Option(
            name="channels",
            label=_("Channels"),
            help=_(
                "Their addresses (“Copy Link” of a channel), several if you like. The bot needs “View Channel” and "
                "“Read Message History” there."
            ),
            required=True,
            directs=False,
        ),
        Option(
            name="everything",
            label=_("Take all messages"),
            help=_("yes takes every message of these channels; no only those with a hashtag of the event."),
            directs=False,
            default="no",
        ),
        Option(
            name="bridges",
            label=_("Relay bots"),
            help=_(
                "The numbers (“Copy User ID”) of bots that pass on what others say, as <alice> Hello; alice is named "
                "as the author then."
            ),
            directs=False,
            expert=True,
        ),
    )
    api: ClassVar[str] = "https://discord.com"
    pause_seconds: ClassVar[tuple[float, float]] = (1.0, 5.0)

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.token = options["token"]
        self.channels = options["channels"].split()
        self.everything = options["everything"] == "yes"
        self.bridges = frozenset(options["bridges"].split())
        self.server = Api(self.api, self.token, fetch=context.fetch)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        newest = read_position(position).values()
        return Place(_("the newest of its channels"), written_at(max(newest, key=int))) if newest else None

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        if not ID.fullmatch(handle.strip()):
            raise InvalidInput(_("Write the number of the account (“Copy User ID”)."), field="handle")
        return (author_uid(handle.strip()),)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        token = options.get("token", "").strip().removeprefix("Bot ")
        if not TOKEN.fullmatch(token):
            raise InvalidInput(_("Copy the token of your bot."), field="token")
        names = [name for name in SEPARATOR.split(options.get("channels", "").strip()) if name]
        found = [match[1] for name in names if (match := CHANNEL.fullmatch(name))]
        if not found or len(found) != len(names) or len(found) > MOST_CHANNELS:
            raise InvalidInput(
                _(
                    "Give addresses of channels, such as https://discord.com/channels/12/34, or their numbers; "
                    "at most twenty."
                ),
                field="channels",
            )
        everything = yes_or_no(options.get("everything", ""), field="everything")
        bots = [number for number in SEPARATOR.split(options.get("bridges", "").strip()) if number]
        if not all(ID.fullmatch(number) for number in bots):
            raise InvalidInput(_("Write the numbers of accounts (“Copy User ID”)."), field="bridges")
        return {
            "token": token,
            "channels": " ".join(dict.fromkeys(found)),
            "everything": everything,
            "bridges": " ".join(bots),
        }

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        # A task of its own beats in time, however long the wall takes over what it is given.
        async with aclosing(merged([partial(self.listen, since)])) as batches:
            async for batch in batches:
                yield batch

    async def listen(self, since: str | None, put: Put) -> None:
        """Follow the Gateway; whenever a new session begins, read what was missed."""
        url = await self.server.gateway()
        gateway = Gateway(self.context.fetch, url, self.token, pause_seconds=self.pause_seconds)
        reading, health = await self.introduced()
        following = Following(self.context, self.server, reading, since)
        async with aclosing(gateway.happenings()) as happenings:
            async for name, data in happenings:
                if name == "READY":
                    for channel in reading.servers:
                        await put(await following.missed(channel))
                    await put([health])
                elif events := following.happened(name, mapping(data)):
                    await put(events)

    async def introduced(self) -> tuple[Reading, Health]:
        """Return what to read with: the channels that may be read, of which there must be one."""
        names: dict[str, str] = {}
        servers: dict[str, str] = {}
        troubles: dict[str, str] = {}
        for channel in self.channels:
            try:
                names[channel], servers[channel] = await self.server.channel(channel)
            except SourceError as error:
                if error.status == WRONG_TOKEN or not error.permanent:
                    raise
                troubles[channel] = error.message
        if not names:
            raise SourceError(" ".join(dict.fromkeys(troubles.values())), permanent=True)
        reading = Reading(
            event=self.context.event,
            source=SourceRef(id=self.context.settings.id, kind=self.kind),
            everything=self.everything,
            channels=names,
            servers=servers,
            bridges=self.bridges,
        )
        words = f"Reading {listed([f'#{name}' for name in names.values()])}."
        told = "".join(f" {channel}: {words}" for channel, words in troubles.items())
        return reading, Health("degraded" if troubles else "healthy", words + told)
