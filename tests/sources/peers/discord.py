from contextlib import AsyncExitStack

from starlette.responses import HTMLResponse, JSONResponse

from tests.sources.discords import GUILD, TALK, TOKEN, discord_server, message, picture
from tests.sources.peers import ALT, PICTURE
from wall.sources.discord.source import Discord


class DiscordPeer:
    """A channel with two messages of the event, one of something else, and one that nobody wrote."""

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        log = [
            message(1),
            message(2, "**Hi** #PyConDE", attachments=[picture(PICTURE, ALT)]),
            message(3, "Lunch?"),
            message(4, author={}),
        ]
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(discord_server(*log))
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self):
        class NearDiscord(Discord):
            api = self.server.address
            pause_seconds = (0.01, 0.02)

        return NearDiscord(self.world(token=TOKEN, channels=f"https://discord.com/channels/{GUILD}/{TALK}"))

    def asked(self):
        return len(self.server.asked)

    def refuse(self):
        self.server.closing = 4014

    async def add(self, text):
        await self.server.write(message(9, text))

    async def edit(self, text):
        await self.server.tell("MESSAGE_UPDATE", message(1, text, edited_timestamp="2026-11-22T09:59:30+00:00"))

    async def delete(self):
        await self.server.tell("MESSAGE_DELETE", {"id": "1001", "channel_id": TALK, "guild_id": GUILD})

    def limit(self, seconds):
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
        self.server.answer = JSONResponse(body, 429, {"retry-after": str(seconds)})

    def shut(self):
        self.server.answer = HTMLResponse("<h1>We are back soon</h1>")
