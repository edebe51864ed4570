from contextlib import AsyncExitStack

from starlette.responses import JSONResponse

from tests.sources.matrix_room import ALIAS, LIMITED, PAGE, TOKEN, ZED, edit, homeserver, message, redaction
from wall.sources.matrix.source import Matrix


class FastMatrix(Matrix):
    pause_seconds = 0.01


class MatrixPeer:
    """A room with two messages of the event, one of something else, and one that nobody sent."""

    only_words = True

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        picture = message(
            2, "Stage #PyConDE", sender=ZED, minutes=1, msgtype="m.image", url="mxc://home.example/abc"
        )
        log = [message(1, minutes=2), picture, message(3, "Lunch?"), message(4, sender="nobody")]
        self.stack = AsyncExitStack()
        self.server = await self.stack.enter_async_context(homeserver(*log))
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self, **more):
        return FastMatrix(self.world(server=self.server.address, room=ALIAS, token=TOKEN, **more))

    def asked(self):
        return 2 * len(self.server.requests)

    def refuse(self):
        self.server.answers["sync"] = JSONResponse({"errcode": "M_FORBIDDEN"}, status_code=403)

    def add(self, text):
        self.server.log.append(message(9, text))

    def edit(self, text):
        self.server.log.append(edit(8, 1, text))

    def reply(self, text):
        thread = {"rel_type": "m.thread", "event_id": "$1", "is_falling_back": True}
        self.server.log.append(
            message(8, text, **{"m.relates_to": thread | {"m.in_reply_to": {"event_id": "$2"}}})
        )

    def delete(self):
        self.server.log.append(redaction(7, 1))

    def limit(self, seconds):
        self.server.answers["sync"] = LIMITED

    def shut(self):
        self.server.answers["sync"] = PAGE
