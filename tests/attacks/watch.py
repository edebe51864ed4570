"""A browser that is watched: which payloads ran in it, whom else it asked, what covers our words, what it complains of."""

import re
from contextlib import asynccontextmanager

from tests.browser.wall import HALL, POLICY_WORDS

OURS = ("http://127.0.0.1:", "data:", "blob:")
CARELESS = "http://careless.example/"
LISTEN = "addEventListener('message', event => pwn(event.data))"
NUMBER = re.compile(r"(?<!\d)(\d{3})(?!\d)")


class Watch:
    """`ran` are the numbers of payloads that ran, `asked` the addresses of others, `said` dialogs and complaints."""

    def __init__(self, context):
        self.context = context
        self.ran = set()
        self.asked = []
        self.said = []

    @classmethod
    @asynccontextmanager
    async def opened(cls, chromium, **options):
        context = await chromium.new_context(**{"viewport": HALL, **options})
        watch = cls(context)
        await context.expose_binding("pwn", lambda source, number: watch.ran.add(number))
        await context.add_init_script(LISTEN)
        await context.route(lambda url: not url.startswith(OURS), watch.ask)
        context.on("dialog", watch.hear_dialog)
        context.on("console", watch.hear)
        context.on("weberror", lambda error: watch.said.append(str(error.error)))
        try:
            yield watch
        finally:
            await context.close()

    @property
    def bitten(self):
        """The numbers of the payloads that did anything."""
        return self.ran | {int(number) for url in self.asked for number in NUMBER.findall(url)[:1]}

    @property
    def forbidden(self):
        """What the policy of the pages stopped."""
        return [one for one in self.said if any(word in one for word in POLICY_WORDS)]

    async def ask(self, route):
        if route.request.url == CARELESS:
            await route.fulfill(content_type="text/html", body="<!doctype html>")
            return
        self.asked.append(route.request.url)
        await route.abort()

    async def hear_dialog(self, dialog):
        self.said.append(f"dialog: {dialog.message}")
        await dialog.dismiss()

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.said.append(message.text)
