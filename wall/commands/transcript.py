"""`backchannel transcript`: the transcript of an event, written to where its output goes."""

import argparse
import sys

from wall.commands import base_url, now
from wall.config import Config
from wall.media.files import PictureFiles
from wall.store import open_store
from wall.store.server import running_url
from wall.web import language
from wall.web.transcribing import Transcriber
from wall.web.transcript_files import Order, written
from wall.web.transcript_form import EDITION, SESSION, parse_asked


async def transcript(config: Config, options: argparse.Namespace) -> int:
    """Write what stands on the wall of an event, in the language of the event."""
    store = open_store(config.redis_url or running_url(config.data_dir / "redis"))
    reader = Transcriber(store, PictureFiles(config.picture_dir), base_url(config, config.port))
    try:
        await store.sharing.check()
        event = await store.events.get(options.event)
        with language.speaking(event.language):
            asked, about = await parse_asked(values(options), event, store)
            moment = now()
            order = Order(event, asked, about, options.format, await reader.plan(event, asked, now=moment))
            async for part in written(reader, order, now=moment):
                sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    finally:
        await store.database.close()
    return 0


def values(options: argparse.Namespace) -> dict[str, str]:
    """Return what was asked for, as the form of the page has it."""
    part = f"{SESSION}{options.session}" if options.session else ""
    part = f"{EDITION}{options.edition}" if options.edition else part
    given = {
        "part": part,
        "from": options.begins or "",
        "to": options.ends or "",
        "initials": "on" if options.initials else "",
        "without_pictures": "on" if options.without_pictures else "",
        "mark": "on" if options.mark else "",
    }
    return {name: value for name, value in given.items() if value}
