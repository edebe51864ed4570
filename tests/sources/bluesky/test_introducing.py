import asyncio

from tests.sources.skies import MIA, ZED, profile
from tests.sources.world import NOW, context
from wall.sources.bluesky.condition import Condition
from wall.sources.bluesky.introducing import Introducer


class RenamingAppView:
    """Knows everybody; while it is asked, Mia is renamed."""

    def __init__(self):
        self.asked = []

    async def profiles(self, dids):
        self.asked.append(list(dids))
        self.introducer.forget(MIA)
        return {did: profile(did, "Somebody") for did in dids}


async def nothing(batch):
    pass


async def test_who_is_renamed_while_others_are_introduced_stays_known_and_is_asked_about_next_time():
    appview = RenamingAppView()
    introducer = Introducer(context(None, now=lambda: NOW), appview, None, Condition(), asyncio.Queue())
    appview.introducer = introducer
    await introducer.meet([MIA], nothing, 0.0)

    await introducer.meet([ZED, MIA], nothing, 0.0)
    known, _ = introducer.profiles[MIA]
    await introducer.meet([ZED, MIA], nothing, 0.0)

    assert known.public
    assert appview.asked == [[MIA], [ZED], [MIA]]
