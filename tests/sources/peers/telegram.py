from contextlib import AsyncExitStack

from starlette.responses import HTMLResponse

from tests.sources.botserver import TOKEN, bot_server, refused
from tests.sources.telegram.test_message import message
from wall.sources.telegram.source import Telegram


class TelegramPeer:
    """A bot in a group that nobody has read yet; somebody wrote to it in private, too."""

    only_words = True

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        private = message(9, chat={"id": 42, "type": "private", "first_name": "Mia"})
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(bot_server(keeps=True))
        self.server.updates = [
            {"update_id": 1, "message": message(1)},
            {"update_id": 2, "message": message(2, "Hi #PyConDE")},
            {"update_id": 3, "message": private},
            {"update_id": 4, "message": {"message_id": "broken"}},
        ]
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self, **more):
        class NearTelegram(Telegram):
            api = self.server.address

        return NearTelegram(self.world(token=TOKEN, **more))

    def asked(self):
        return self.server.asked

    def refuse(self):
        self.server.answer = refused(401, "Unauthorized")

    def add(self, text):
        self.say("message", message(10, text))

    def edit(self, text):
        self.say("edited_message", message(1, text, edit_date=1795341550))

    def reply(self, text):
        self.say("message", message(8, text, reply_to_message=message(1)))

    def say(self, kind, said):
        self.server.updates.append({"update_id": len(self.server.updates) + 1, kind: said})

    def limit(self, seconds):
        self.server.answer = refused(429, "Too Many Requests", retry_after=seconds)

    def shut(self):
        self.server.answer = HTMLResponse("<h1>We are back soon</h1>")
