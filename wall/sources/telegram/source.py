"""Posts from groups and channels of Telegram that a bot of the wall's own is in."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Context, Health, Option, SetAside, SourceEvent
from wall.sources.payload import loads, mapping, mappings, string
from wall.sources.telegram.message import author_uid, parse_update
from wall.sources.yes_no import yes_or_no

TOKEN = re.compile(r"\d{3,20}:[\w-]{20,100}", re.ASCII)
CHAT = re.compile(r"@[a-z]\w{3,40}|-?\d{1,20}", re.ASCII)
PERSON = re.compile(r"-?\d{1,20}", re.ASCII)
POSITION = re.compile(r"\d{1,15}", re.ASCII)
SEPARATOR = re.compile(r"[\s,;]+")
MOST_CHATS = 20
MOST_UPDATES = 100
HOLD_SECONDS = 25  # how long Telegram keeps us waiting for something new
ANSWER_SECONDS = 10.0  # beyond that
PAUSE_SECONDS = 0.1
REFUSALS = (400, 401, 403, 404, 409, 429)
ASKED_FOR = '["message","edited_message","channel_post","edited_channel_post"]'


class Telegram:
    """A bot, asked again and again for what it was told. What we have taken in, Telegram forgets."""

    kind: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    pushed: ClassVar[bool] = False
    forgets: ClassVar[bool] = True
    blind_spots: ClassVar[Sequence[str]] = (
        _("Deletes, of which bots are not told; pictures, private messages and what was forwarded."),
    )
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="token",
            label=_("Bot token"),
            help=_(
                "Make a bot for the wall alone: write /newbot to @BotFather on Telegram, then add the bot to the "
                "group or channel, as an admin. No other program may read with this token."
            ),
            required=True,
            secret=True,
        ),
        Option(
            name="chats",
            label=_("Groups and channels"),
            help=_("Their @names or numbers. Left empty: every one that the bot is added to, by whomever."),
            directs=False,
        ),
        Option(
            name="everything",
            label=_("Take all messages"),
            help=_("yes takes every message; no only those with a hashtag of the event."),
            directs=False,
            default="no",
        ),
    )
    api: ClassVar[str] = "https://api.telegram.org"

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.token = options["token"]
        self.chats = frozenset(options["chats"].split())
        self.everything = options["everything"] == "yes"
        self.source = SourceRef(id=context.settings.id, kind=self.kind)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        if not PERSON.fullmatch(handle.strip()):
            raise InvalidInput(
                _("Telegram knows people by a number; their @name may be another's tomorrow."), field="handle"
            )
        return (author_uid(handle.strip()),)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        return Place(_("message %(number)s of the bot", number=position)) if POSITION.fullmatch(position) else None

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        token = options.get("token", "").strip()
        if not TOKEN.fullmatch(token):
            raise InvalidInput(_("Copy the token from @BotFather, such as 123456:ABC…."), field="token")
        chats = [name for name in SEPARATOR.split(options.get("chats", "").strip().lower()) if name]
        if len(chats) > MOST_CHATS or not all(CHAT.fullmatch(one) for one in chats):
            raise InvalidInput(_("Write @names or numbers, at most twenty."), field="chats")
        everything = yes_or_no(options.get("everything", ""), field="everything")
        return {"token": token, "chats": " ".join(dict.fromkeys(chats)), "everything": everything}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        offset = since if since and POSITION.fullmatch(since) else ""
        yield [Health("healthy", about(mapping(await self.call("getMe"))))]
        while True:
            asked = {"timeout": str(HOLD_SECONDS), "limit": str(MOST_UPDATES), "allowed_updates": ASKED_FOR}
            result = await self.call("getUpdates", asked | ({"offset": offset} if offset else {}))
            if result == []:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            updates = list(mappings(result))
            ids = [one["update_id"] for one in updates if type(one.get("update_id")) is int]
            if not ids:
                raise SourceError("Telegram answered with updates that have no number.")
            events = [event for update in updates for event in self.read(update)]
            # What lies below this, Telegram forgets when it is asked next; by then it is taken in.
            offset = str(max(ids) + 1)
            yield [*events, Checkpoint(offset)]

    def read(self, update: Mapping[str, Any]) -> list[SourceEvent]:
        event, now = self.context.event, self.context.now()
        try:
            return parse_update(
                update, chats=self.chats, everything=self.everything, source=self.source, event=event, now=now
            )
        except InvalidPost as error:
            return [SetAside(f"Telegram: {error.message}")]

    async def call(self, method: str, params: Mapping[str, str] | None = None) -> Any:
        """Return a method's result. The address holds the token, so no error may tell it."""
        response = await self.context.fetch.get(
            f"{self.api}/bot{self.token}/{method}",
            params=params,
            accept=("application/json",),
            also=REFUSALS,
            beside=True,
            seconds=HOLD_SECONDS + ANSWER_SECONDS,
        )
        try:
            answer = mapping(loads(response.body))
        except InvalidPost as error:
            raise SourceError("Telegram answered with something that is not JSON.") from error
        if answer.get("ok") is not True:
            raise refusal(response.status, answer)
        return answer.get("result")


def about(bot: Mapping[str, Any]) -> str:
    """Return what to tell the organiser of a bot that works."""
    words = f"Reading as @{string(bot, 'username')}."
    if bot.get("can_read_all_group_messages") is True:
        return words
    return (
        f"{words} Its privacy mode is on: of a group it sees only what is an answer to it, unless it is an admin "
        "there. Make it one, or switch the mode off (@BotFather, /setprivacy) and add the bot anew."
    )


def refusal(status: int, answer: Mapping[str, Any]) -> SourceError:
    """Return what a refusal means, in words."""
    if status in (401, 404):
        words = (
            "Telegram does not accept the token: it is wrong or was revoked. @BotFather shows it under /mybots."
        )
    elif status == 409 and "webhook" in string(answer, "description"):
        words = (
            "This bot's messages go to a webhook of another program. Make a bot for the wall alone (@BotFather)."
        )
    elif status == 409:
        words = "Another program reads this bot's messages. Make a bot for the wall alone (@BotFather)."
    elif status == 429:
        wait = mapping(answer.get("parameters")).get("retry_after")
        seconds = float(wait) if type(wait) is int and 0 <= wait <= 86_400 else None
        return SourceError("Telegram asks us to come back later (429).", retry_after=seconds, status=status)
    else:
        words = f"Telegram refuses the request ({status})."
    return SourceError(words, permanent=status in REFUSALS, status=status)
