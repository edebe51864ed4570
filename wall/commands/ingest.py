"""`backchannel ingest`: one ingest worker, and the work that any of them may do."""

import argparse
import asyncio
import logging
import random
from contextlib import AsyncExitStack

from wall import USER_AGENT
from wall.accept import Acceptor
from wall.awake import Awake
from wall.classifier import Classifier
from wall.commands import now, required_url
from wall.config import Config
from wall.erasing import Eraser
from wall.ingest import Health, Worker
from wall.joining import joined
from wall.listening.listener import Listener
from wall.media import Pictures
from wall.migrating import Migrator
from wall.processes import until_parent_ends, until_told_to_stop
from wall.programmes import ProgrammeReader
from wall.purge import Purge
from wall.rehearsal.pictures import picture
from wall.release import Releaser
from wall.retaining import Retainer
from wall.sources.fetch import Fetch
from wall.store import open_store
from wall.supervised import supervised

log = logging.getLogger(__name__)


async def ingest(config: Config, options: argparse.Namespace) -> int:
    """Run one ingest worker."""
    store = open_store(required_url(config))
    async with (
        joined(store) as staying,
        Fetch(private_addresses=config.private_addresses, user_agent=USER_AGENT) as fetch,
        AsyncExitStack() as around,
    ):
        pictures = Pictures(config.picture_dir, fetch, own=picture)
        classifier = Classifier(config.classifier) if config.classifier else None
        acceptor = Acceptor(store, pictures, now=now, classifier=classifier, bridges=config.bridges.split())
        worker = Worker(store, acceptor, fetch, now=now, random=random.random, public_url=config.public_url)
        health = Health(worker, store.database.measures.all)
        if config.ingest_port:
            await around.enter_async_context(health.listening(config.host, config.ingest_port))
        if not options.child:
            told = supervised(ready=lambda: health.ready, well=lambda: health.well)
            await around.enter_async_context(told)
        awake = Awake()
        hearing = asyncio.create_task(awake.hear(store.feeds))
        following = asyncio.create_task(worker.run())
        purging = asyncio.create_task(Purge(store, pictures).run())
        releasing = asyncio.create_task(Releaser(store).run(awake))
        reading = asyncio.create_task(ProgrammeReader(store, fetch, now=now).run())
        listening = asyncio.create_task(Listener(store).run(awake))
        eraser = Eraser(store, pictures, now)
        erasing = asyncio.create_task(eraser.run())
        retaining = asyncio.create_task(Retainer(store, eraser, now).run())
        migrating = asyncio.create_task(Migrator(store, way_back=config.way_back).run())
        work = {hearing, following, purging, releasing, reading, listening, erasing, retaining, migrating}
        endings = {*work, staying, asyncio.create_task(until_told_to_stop())}
        if options.child:
            endings.add(asyncio.create_task(until_parent_ends()))
        ended, _ = await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
        failures = [failure for task in ended & work if (failure := task.exception())]
        for failure in failures:
            log.critical("The ingest worker ends, for a part of it failed.", exc_info=failure)
        for task in endings:
            task.cancel()
        await asyncio.gather(*endings, return_exceptions=True)
        if classifier:
            await classifier.close()
        if staying.done() and not staying.cancelled():
            staying.result()  # says why we may not go on
    await store.database.close()
    return 1 if failures else 0
