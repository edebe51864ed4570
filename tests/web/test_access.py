"""Every route, asked by everybody there is: a new route without a row here fails."""

from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from tests.chats import an_edition, make_chat
from tests.ledgers import Ledgers, Said, a_ledger
from tests.pictures import plain
from tests.polls import a_poll
from tests.web.site import closed
from wall.core import back_channel
from wall.core.audit import Entry
from wall.core.back_channel import Change
from wall.core.barring import Barred
from wall.core.brand import Brand
from wall.core.event_report import EventReport
from wall.core.leave_request import leave_request
from wall.core.member import Member
from wall.core.moderation import Verdict
from wall.core.people import SCREEN_KINDS
from wall.core.poll import moved
from wall.core.post import Media
from wall.core.programme import Draft, Preview, Session
from wall.core.quoting import Written
from wall.core.report import Report, TeamAsk
from wall.core.rules import Rule
from wall.core.scenes import Scene, SceneList
from wall.core.source import SourceSettings
from wall.core.sponsors import Sponsor
from wall.core.story import Part, Story
from wall.core.webhook import Progress, Webhook
from wall.store.people import People
from wall.store.submission import Submission
from wall.web.frames import Close
from wall.web.mastodon.account import decimal
from wall.web.routes import routes

STRANGER, SCREEN, OVERLAY, STAGE, OTHER, MODERATOR, ORGANISER, OWNER = ROLES = (
    "stranger", "screen", "overlay", "stage", "moderator of another event", "moderator", "organiser", "owner",
)  # fmt: skip
EVERYBODY = set(ROLES)
SIGNED_IN = {OTHER, MODERATOR, ORGANISER, OWNER}
STAFF = {MODERATOR, ORGANISER, OWNER}
SCREENS = {SCREEN} | STAFF
OVERLAYS = {OVERLAY} | STAFF
STAGES = {STAGE} | STAFF
ORGANISERS = {ORGANISER, OWNER}
NOBODY = set()

MAY = {
    "GET /static/{edition}/css/base.css": EVERYBODY,
    "GET /setup": NOBODY,  # set up already
    "POST /setup": NOBODY,
    "POST /language": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    "GET /account": SIGNED_IN,
    "POST /account/name": SIGNED_IN,
    "POST /account/passphrase": SIGNED_IN,
    "POST /account/sessions": SIGNED_IN,
    "POST /account/sessions/{key}": SIGNED_IN,
    "POST /account/passkeys/offer": SIGNED_IN,
    "POST /account/passkeys": SIGNED_IN,  # which a browser made
    "POST /account/passkeys/{passkey}": SIGNED_IN,
    "POST /account/elsewhere": NOBODY,  # where no provider is set
    "GET /account/mailbox": NOBODY,  # where no mail server is set
    "POST /account/mailbox": NOBODY,
    "POST /account/mailbox/confirm": NOBODY,
    "GET /sign-in/elsewhere": NOBODY,
    "GET /sign-in/elsewhere/back": NOBODY,
    "POST /sign-in/passkey/offer": EVERYBODY,
    "POST /sign-in/passkey": EVERYBODY,  # which signs
    "GET /openapi.json": EVERYBODY,
    "GET /api": EVERYBODY,
    "GET /organise": SIGNED_IN,
    "POST /organise": {OWNER},
    "GET /organise/{slug}": ORGANISERS,
    "POST /organise/{slug}/settings": ORGANISERS,
    "POST /organise/{slug}/modes": ORGANISERS,
    "POST /organise/{slug}/circle": ORGANISERS,
    "POST /organise/{slug}/circles": ORGANISERS,
    "POST /organise/{slug}/participation": ORGANISERS,
    "POST /organise/{slug}/participation/codes": ORGANISERS,
    "GET /organise/{slug}/health": ORGANISERS,
    "GET /organise/{slug}/export": ORGANISERS,
    "GET /organise/{slug}/archive": ORGANISERS,
    "POST /organise/{slug}/retention": ORGANISERS,
    "POST /organise/{slug}/erasure": ORGANISERS,  # who type its address
    "GET /organise/{slug}/sources": ORGANISERS,
    "POST /organise/{slug}/sources": ORGANISERS,
    "POST /organise/{slug}/sources/trial": ORGANISERS,
    "POST /organise/{slug}/sources/{source}": ORGANISERS,
    "POST /organise/{slug}/sources/{source}/deletion": ORGANISERS,
    "POST /organise/{slug}/moderators": ORGANISERS,
    "POST /organise/{slug}/moderators/{person}/link": ORGANISERS,
    "POST /organise/{slug}/moderators/{person}/sessions/{key}": ORGANISERS,
    "POST /organise/{slug}/moderators/{person}/revocation": ORGANISERS,
    "POST /organise/{slug}/screens": ORGANISERS,
    "GET /organise/{slug}/screens/pairing": ORGANISERS,
    "POST /organise/{slug}/screens/pairing": ORGANISERS,
    "GET /screen": EVERYBODY,
    "POST /screen/code": EVERYBODY,  # a code says nothing until an organiser types it
    "GET /screen/pair": SIGNED_IN,
    "GET /screen/worker.js": EVERYBODY,
    "GET /{slug}/screen/watchdog.js": EVERYBODY,
    "GET /organise/{slug}/look": ORGANISERS,
    "POST /organise/{slug}/look": ORGANISERS,
    "GET /organise/{slug}/look/theme.json": ORGANISERS,
    "POST /organise/{slug}/look/theme": ORGANISERS,
    "GET /organise/{slug}/programs": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks/{webhook}": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks/{webhook}/secret": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks/{webhook}/secret/old": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks/{webhook}/switch": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks/{webhook}/test": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks/{webhook}/again": ORGANISERS,
    "POST /organise/{slug}/programs/webhooks/{webhook}/deletion": ORGANISERS,
    "GET /organise/{slug}/programs/webhooks": ORGANISERS,
    "POST /organise/{slug}/programs/keys": ORGANISERS,
    "POST /organise/{slug}/programs/keys/{key}/revocation": ORGANISERS,
    "GET /organise/{slug}/sponsors": ORGANISERS,
    "POST /organise/{slug}/sponsors": ORGANISERS,
    "POST /organise/{slug}/sponsors/{sponsor}": ORGANISERS,
    "POST /organise/{slug}/sponsors/pace": ORGANISERS,
    "POST /organise/{slug}/sponsors/{sponsor}/raise": ORGANISERS,
    "POST /organise/{slug}/sponsors/{sponsor}/deletion": ORGANISERS,
    "GET /organise/{slug}/figures": STAFF,
    "GET /organise/{slug}/figures/{table}.csv": STAFF,
    "GET /organise/{slug}/figures.json": ORGANISERS,
    "GET /organise/{slug}/figures/comparison": STAFF,
    "GET /organise/{slug}/replay": STAFF,
    "POST /organise/{slug}/figures/reports": ORGANISERS,
    "GET /{slug}/report/{report_token}": EVERYBODY,  # whoever has the token
    "GET /{slug}/report/{report_token}/{table}.csv": EVERYBODY,  # whoever has the token
    "POST /organise/{slug}/figures/reports/{report_token}/revocation": ORGANISERS,
    "GET /organise/{slug}/screens/{screen}/look": ORGANISERS,
    "POST /organise/{slug}/screens/{screen}/look": ORGANISERS,
    "POST /organise/{slug}/screens/{screen}": ORGANISERS,
    "POST /organise/{slug}/outputs": ORGANISERS,
    "POST /organise/{slug}/outputs/mastodon": ORGANISERS,
    "POST /organise/{slug}/outputs/{screen}/origins": ORGANISERS,
    "POST /organise/{slug}/outputs/{stage}/room": ORGANISERS,
    "POST /organise/{slug}/screens/{screen}/revocation": ORGANISERS,
    "GET /organise/{slug}/transcript": ORGANISERS,
    "GET /organise/{slug}/transcript.{format}": ORGANISERS,
    "GET /organise/{slug}/audit": ORGANISERS,
    "GET /organise/{slug}/audit.csv": ORGANISERS,
    "GET /organise/{slug}/audit.jsonl": ORGANISERS,
    "GET /organise/{slug}/messages": ORGANISERS,
    "POST /organise/{slug}/messages": ORGANISERS,
    "GET /organise/{slug}/rules": STAFF,
    "POST /organise/{slug}/rules": ORGANISERS,
    "GET /organise/{slug}/rules/new": ORGANISERS,
    "GET /organise/{slug}/rules/new/{kind}": ORGANISERS,
    "GET /organise/{slug}/rules/export": ORGANISERS,
    "GET /organise/{slug}/rules/import": ORGANISERS,
    "POST /organise/{slug}/rules/import": ORGANISERS,
    "POST /organise/{slug}/rules/preview": ORGANISERS,
    "GET /organise/{slug}/rules/{rule}": STAFF,
    "POST /organise/{slug}/rules/{rule}": ORGANISERS,
    "POST /organise/{slug}/rules/{rule}/place": ORGANISERS,
    "POST /organise/{slug}/rules/{rule}/switch": ORGANISERS,
    "POST /organise/{slug}/rules/{rule}/deletion": ORGANISERS,
    "GET /organise/{slug}/scenes": ORGANISERS,
    "POST /organise/{slug}/scenes": ORGANISERS,
    "GET /organise/{slug}/scenes/{list}": ORGANISERS,
    "POST /organise/{slug}/scenes/{list}": ORGANISERS,
    "GET /organise/{slug}/scenes/{list}/new": ORGANISERS,
    "GET /organise/{slug}/scenes/{list}/new/{scene_kind}": ORGANISERS,
    "POST /organise/{slug}/scenes/{list}/scenes": ORGANISERS,
    "GET /organise/{slug}/scenes/{list}/scenes/{scene}": ORGANISERS,
    "POST /organise/{slug}/scenes/{list}/scenes/{scene}": ORGANISERS,
    "POST /organise/{slug}/scenes/{list}/scenes/{scene}/place": ORGANISERS,
    "POST /organise/{slug}/scenes/{list}/scenes/{scene}/deletion": ORGANISERS,
    "POST /organise/{slug}/scenes/{list}/deletion": ORGANISERS,
    "GET /organise/{slug}/programme": ORGANISERS,
    "POST /organise/{slug}/programme": ORGANISERS,
    "POST /organise/{slug}/programme/speakers": NOBODY,  # of a programme that names none
    "GET /organise/{slug}/programme/previews/{preview}": ORGANISERS,
    "POST /organise/{slug}/programme/previews/{preview}": ORGANISERS,
    "POST /organise/{slug}/programme/address/deletion": ORGANISERS,
    "POST /organise/{slug}/programme/sessions": ORGANISERS,
    "POST /organise/{slug}/programme/sessions/{session}": ORGANISERS,
    "POST /organise/{slug}/programme/sessions/{session}/setting": ORGANISERS,
    "POST /organise/{slug}/programme/sessions/{session}/deletion": ORGANISERS,
    "GET /organise/{slug}/{section}": ORGANISERS,
    "GET /healthz": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /healthz/reached": EVERYBODY,
    "GET /metrics": EVERYBODY,  # of this machine
    "GET /{slug}/feed": EVERYBODY,
    "GET /{slug}/feed.atom": EVERYBODY,
    "GET /{slug}/feed.json": EVERYBODY,
    "GET /{slug}/stories.atom": EVERYBODY,
    "GET /{slug}/stories.json": EVERYBODY,
    "GET /oembed": EVERYBODY,
    "GET /{slug}/card.png": EVERYBODY,
    "GET /{slug}/post/{post_id}/card.png": NOBODY,  # of a post that waits
    "GET /{slug}/post/{post_id}/frame": NOBODY,
    "GET /{slug}/stream.sse": EVERYBODY,
    "GET /{slug}/screen/stream.sse": SCREENS,
    "GET /{slug}/overlay/stream.sse": OVERLAYS,
    "GET /{slug}/stage/stream.sse": STAGES,
    "GET /{slug}/embed/{token}/stream.sse": EVERYBODY,  # whoever has the token
    "GET /{slug}/embed/{token}": EVERYBODY,  # whoever has the token
    "GET /{slug}/embed.js": EVERYBODY,
    "GET /api/v1/timelines/tag/{tag}": EVERYBODY,
    "GET /api/v1/timelines/public": EVERYBODY,
    "GET /api/v1/trends/statuses": EVERYBODY,
    "GET /api/v1/accounts/lookup": NOBODY,  # it wants a name
    "GET /api/v1/accounts/{account}": EVERYBODY,
    "GET /api/v1/accounts/{account}/statuses": EVERYBODY,
    "GET /api/v1/instance": EVERYBODY,
    "GET /api/v2/instance": EVERYBODY,
    "GET /api/v2/search": EVERYBODY,
    "GET /api/{version}/{what}": NOBODY,  # there is nothing else
    "GET /api/{version}/{what}/{which}": NOBODY,
    "GET /e/{slug}/api/v1/timelines/tag/{tag}": EVERYBODY,
    "GET /e/{slug}/api/v1/timelines/public": EVERYBODY,
    "GET /e/{slug}/api/v1/trends/statuses": EVERYBODY,
    "GET /e/{slug}/api/v1/accounts/lookup": NOBODY,  # it wants a name
    "GET /e/{slug}/api/v1/accounts/{account}": EVERYBODY,
    "GET /e/{slug}/api/v1/accounts/{account}/statuses": EVERYBODY,
    "GET /e/{slug}/api/v1/instance": EVERYBODY,
    "GET /e/{slug}/api/v2/instance": EVERYBODY,
    "GET /e/{slug}/api/v2/search": EVERYBODY,
    "GET /e/{slug}/api/{version}/{what}": NOBODY,  # there is nothing else
    "GET /e/{slug}/api/{version}/{what}/{which}": NOBODY,
    "GET /e/{slug}/media/{post_id}/{picture_id}/{size}": NOBODY,  # the post waits
    "GET /e/{slug}/logos/{picture_id}": NOBODY,  # no sponsor has this picture
    "GET /e/{slug}/face.png": EVERYBODY,
    "GET /{slug}/wall-config.json": EVERYBODY,
    "GET /{slug}/overlay": OVERLAYS,
    "GET /{slug}/overlay/open": EVERYBODY,
    "POST /{slug}/overlay/open": EVERYBODY,  # whoever has the token
    "GET /{slug}/overlay/state": OVERLAYS,
    "GET /{slug}/stage": STAGES,
    "GET /{slug}/stage/open": EVERYBODY,
    "POST /{slug}/stage/open": EVERYBODY,  # whoever has the token
    "GET /{slug}/stage/worker.js": EVERYBODY,
    "GET /{slug}/stage/state": STAGES,
    "POST /{slug}/stage/seen": STAGES,
    "GET /{slug}/moderate/first": STAFF,
    "GET /{slug}/moderate/listened-to": STAFF,
    "GET /{slug}/moderate/conversation": STAFF,
    "POST /{slug}/moderate/first": STAFF,
    "GET /{slug}/moderate/first/list": STAFF,
    "GET /{slug}/moderate/overlay": STAFF,
    "POST /{slug}/moderate/overlay": STAFF,
    "GET /{slug}/moderate/questions": STAFF,
    "POST /{slug}/moderate/questions": STAFF,
    "POST /{slug}/moderate/questions/asking": STAFF,
    "POST /{slug}/moderate/questions/next": STAFF,
    "POST /{slug}/moderate/questions/promotion": STAFF,
    "POST /{slug}/moderate/participation": STAFF,
    "GET /{slug}/moderate/stage": STAFF,
    "POST /{slug}/moderate/stage": STAFF,
    "GET /{slug}/moderate/stream.sse": STAFF,
    "GET /{slug}/feeds/{source}/{token}": NOBODY,  # only what a hub was given
    "POST /{slug}/feeds/{source}/{token}": NOBODY,
    "POST /{slug}/posts": NOBODY,  # only what is signed
    "POST /{slug}/posts/{dialect}": NOBODY,
    "GET /{slug}/screen": SCREENS,
    "GET /{slug}/screen/open": EVERYBODY,
    "POST /{slug}/screen/open": EVERYBODY,  # whoever has the token
    "GET /{slug}/screen/join.svg": SCREENS,
    "GET /{slug}/screen/plan": SCREENS,
    "GET /{slug}/screen/brand.css": SCREENS,
    "GET /{slug}/brand/{picture}": EVERYBODY,
    "GET /{slug}/screen/worker.js": EVERYBODY,
    "POST /{slug}/screen/showing": SCREENS,
    "POST /{slug}/overlay/showing": OVERLAYS,
    "POST /{slug}/stage/showing": STAGES,
    "GET /{slug}/moderate": STAFF,
    "GET /{slug}/moderate/screens": STAFF,
    "GET /{slug}/moderate/remote": STAFF,
    "POST /{slug}/moderate/remote": STAFF,
    "GET /{slug}/moderate/remote/state": STAFF,
    "GET /{slug}/moderate/panic": STAFF,
    "POST /{slug}/moderate/panic": STAFF,
    "GET /{slug}/moderate/feed": STAFF,
    "GET /{slug}/moderate/queue": STAFF,
    "POST /{slug}/moderate/decisions": STAFF,
    "POST /{slug}/moderate/decisions/many": STAFF,
    "GET /{slug}/moderate/find": STAFF,
    "POST /{slug}/moderate/notes": STAFF,
    "POST /{slug}/moderate/descriptions": STAFF,
    "GET /{slug}/moderate/bring": STAFF,
    "POST /{slug}/moderate/bring": STAFF,
    "GET /{slug}/moderate/blog": STAFF,
    "POST /{slug}/moderate/blog": STAFF,
    "POST /{slug}/moderate/blog/{entry}": STAFF,
    "GET /{slug}/moderate/answers/{post}": STAFF,
    "POST /{slug}/moderate/answers/{post}": STAFF,
    "GET /{slug}/moderate/announcements": STAFF,
    "POST /{slug}/moderate/announcements": STAFF,
    "POST /{slug}/moderate/announcements/{announcement}/ending": STAFF,
    "GET /{slug}/moderate/stories": STAFF,
    "POST /{slug}/moderate/stories": STAFF,
    "GET /{slug}/moderate/stories/{story}": STAFF,
    "POST /{slug}/moderate/stories/{story}": STAFF,
    "POST /{slug}/moderate/trust": STAFF,
    "POST /{slug}/moderate/mode": STAFF,
    "POST /{slug}/moderate/seat": STAFF,
    "GET /{slug}/moderate/mine": STAFF,
    "POST /{slug}/moderate/rules": STAFF,
    "POST /{slug}/moderate/rules/undo": STAFF,
    "GET /{slug}/moderate/leaving": STAFF,
    "POST /{slug}/moderate/leaving/{request}": STAFF,
    "GET /{slug}/moderate/authors/{post}/file": STAFF,
    "GET /{slug}/moderate/chat": STAFF,
    "POST /{slug}/moderate/chat": STAFF,
    "GET /{slug}/moderate/chat/{number}": STAFF,
    "POST /{slug}/moderate/chat/{number}": STAFF,
    "POST /{slug}/moderate/chat/{number}/acts": STAFF,
    "POST /{slug}/moderate/chat/{number}/places": STAFF,
    "GET /{slug}/moderate/mood": STAFF,
    "GET /{slug}/moderate/mood/{post}": STAFF,
    "POST /{slug}/moderate/mood/{post}": STAFF,
    "GET /{slug}/moderate/polls": STAFF,
    "POST /{slug}/moderate/polls": STAFF,
    "POST /{slug}/moderate/polls/{poll}": STAFF,
    "POST /{slug}/moderate/polls/{poll}/acts": STAFF,
    "POST /{slug}/moderate/polls/{poll}/words": STAFF,
    "GET /{slug}/moderate/{status}": STAFF,
    "GET /{slug}/questions": EVERYBODY,
    "GET /{slug}/questions.json": EVERYBODY,
    "POST /{slug}/questions": NOBODY,  # only who takes part
    "POST /{slug}/questions/{post_id}/vote": NOBODY,
    "GET /{slug}/moderate/back-channels": STAFF,
    "POST /{slug}/moderate/back-channels": STAFF,
    "POST /{slug}/moderate/back-channels/reports/{report}/barring": STAFF,
    "POST /{slug}/moderate/back-channels/reports/{report}": STAFF,
    "POST /{slug}/moderate/back-channels/barred/{barred}": STAFF,
    "GET /{slug}/back-channels": EVERYBODY,  # their own
    "GET /{slug}/back-channels/worker.js": EVERYBODY,
    "GET /{slug}/back-channels/unread": EVERYBODY,
    "GET /{slug}/back-channels/new": NOBODY,  # about a post that waits
    "POST /{slug}/back-channels/new": NOBODY,
    "GET /{slug}/back-channels/invitation/{link}": NOBODY,  # only who has a link
    "POST /{slug}/back-channels/invitation/{link}": NOBODY,
    "POST /{slug}/back-channels/push": EVERYBODY,  # for their own browser
    "POST /{slug}/back-channels/push/removal": EVERYBODY,
    "GET /{slug}/back-channels/{thread}": NOBODY,  # of others
    "GET /{slug}/back-channels/{thread}/news": NOBODY,
    "POST /{slug}/back-channels/{thread}/messages": NOBODY,
    "POST /{slug}/back-channels/{thread}/messages/{number}": NOBODY,
    "POST /{slug}/back-channels/{thread}/chosen": NOBODY,
    "POST /{slug}/back-channels/{thread}/excerpts/{excerpt}": NOBODY,
    "POST /{slug}/back-channels/{thread}/answer": NOBODY,
    "POST /{slug}/back-channels/{thread}/invitations": NOBODY,
    "POST /{slug}/back-channels/{thread}/leaving": NOBODY,
    "POST /{slug}/back-channels/{thread}/erasure": NOBODY,
    "POST /{slug}/moderate/back-channels/asks/{ask}": STAFF,  # who are members by that
    "GET /{slug}/join": EVERYBODY,
    "POST /{slug}/join": NOBODY,  # only who came by a screen's code
    "POST /{slug}/join/check": NOBODY,  # only a browser with a cookie of ours
    "POST /{slug}/join/mail": NOBODY,  # this event sends no links, knows no codes, and has nobody sign in
    "GET /{slug}/join/link": NOBODY,
    "POST /{slug}/join/link": NOBODY,
    "POST /{slug}/join/code": NOBODY,
    "GET /{slug}/join/sign-in": NOBODY,
    "GET /{slug}/join/signed-in": NOBODY,
    "GET /{slug}/join/mine": EVERYBODY,
    "GET /{slug}/join/mine.zip": NOBODY,  # only a browser with a cookie of ours
    "POST /{slug}/join/removal": EVERYBODY,  # of their own phone's posts
    "POST /{slug}/join/leaving": EVERYBODY,  # with their own phone
    "GET /{slug}/chat": EVERYBODY,
    "GET /{slug}/chat.json": EVERYBODY,
    "GET /{slug}/chat.ics": EVERYBODY,
    "GET /{slug}/chat/editions": EVERYBODY,
    "GET /{slug}/chat/{number}": EVERYBODY,
    "GET /{slug}/chat/{number}/figures.json": EVERYBODY,
    "GET /{slug}/chat/{number}/{part}": EVERYBODY,
    "GET /{slug}/chat/{number}/transcript.{format}": EVERYBODY,
    "GET /{slug}/transcript": EVERYBODY,  # of an event that publishes it
    "GET /{slug}/transcript.{format}": EVERYBODY,
    "GET /{slug}/polls": EVERYBODY,
    "GET /{slug}/polls.json": EVERYBODY,
    "GET /{slug}/polls/{poll}": EVERYBODY,
    "POST /{slug}/polls/{poll}": NOBODY,  # only who takes part
    "GET /{slug}/polls/{poll}/results/{key}": NOBODY,  # only who voted
    "GET /{slug}/screen/polls.svg": SCREENS,
    "GET /{slug}/passing": NOBODY,  # of an event that is no circle of another; see test_parts.py
    "POST /{slug}/passing/{post}": NOBODY,
    "GET /{slug}/moderate/passing": NOBODY,
    "POST /{slug}/moderate/passing/{post}": NOBODY,
    "GET /{slug}/circle": NOBODY,  # of an event that has none; see test_circle_access.py
    "GET /{slug}/circle/propose": NOBODY,
    "POST /{slug}/circle/propose": NOBODY,
    "GET /{slug}/circle/proposals/{proposal}": NOBODY,
    "POST /{slug}/circle/proposals/{proposal}/debate": NOBODY,
    "POST /{slug}/circle/proposals/{proposal}/vote": NOBODY,
    "POST /{slug}/circle/proposals/{proposal}/withdrawal": NOBODY,
    "POST /{slug}/circle/proposals/{proposal}/invitation": NOBODY,
    "GET /{slug}/circle/enter": EVERYBODY,
    "POST /{slug}/circle/enter": NOBODY,  # whoever has a link
    "POST /{slug}/circle/place": ORGANISERS,
    "POST /{slug}/circle/leaving": NOBODY,
    "POST /{slug}/circle/browsers": NOBODY,
    "POST /{slug}/circle/browsers/{browser}/end": NOBODY,
    "POST /{slug}/circle/members/{member}/link": NOBODY,
    "GET /{slug}/announcements": EVERYBODY,
    "GET /{slug}/speak": STAFF,
    "POST /{slug}/speak/{post}": NOBODY,  # of a post that waits
    "GET /{slug}/stories": EVERYBODY,
    "GET /{slug}/stories/{name}": EVERYBODY,  # of one that is published
    "GET /{slug}/about": EVERYBODY,
    "GET /{slug}/privacy": EVERYBODY,
    "POST /{slug}/about/leaving": EVERYBODY,  # a moderator answers
    "GET /{slug}/media/{post_id}/{picture_id}/{size}": STAFF,  # of a post that waits
    "GET /{slug}": EVERYBODY,
    "GET /{slug}/post/{post_id}": NOBODY,  # of a post that waits
    "GET /{slug}/theme.css": EVERYBODY,
    "GET /{slug}/sessions": EVERYBODY,
    "GET /{slug}/following": EVERYBODY,
    "GET /{slug}/manifest.webmanifest": EVERYBODY,
    "GET /{slug}/worker.js": EVERYBODY,
    "POST /{slug}/post/{post_id}/reactions": EVERYBODY,  # given a cookie first, then asked whether they take part
}
STREAMS = {
    "/{slug}/stream": EVERYBODY,
    "/{slug}/screen/stream": SCREENS,
    "/{slug}/overlay/stream": OVERLAYS,
    "/{slug}/stage/stream": STAGES,
    "/{slug}/embed/{token}/stream": EVERYBODY,  # whoever has the token
    "/{slug}/moderate/stream": STAFF,
}
OPENED_BY = {
    "/{slug}/screen/open": "screen",
    "/{slug}/overlay/open": "overlay",
    "/{slug}/stage/open": "stage",
}
REFUSED = (401, 403, 404, 410)


def listed():
    """Return every route as the tables name it."""
    return {
        f"{method} {route.path}"
        for route in routes()
        for method in (getattr(route, "methods", None) or ())
        if method != "HEAD"
    }


@pytest.fixture
async def staff(people, event, other_event):
    """Somebody of every role, and a spare moderator for others to dismiss."""
    return {
        OTHER: await people.add("Otto", slug=other_event.slug, role="moderator"),
        MODERATOR: await people.add("Mia", slug=event.slug, role="moderator"),
        ORGANISER: await people.add("Olga", slug=event.slug, role="organiser"),
        OWNER: await people.add("Oda", owner=True),
        "spare": await people.add("Sam", slug=event.slug, role="moderator"),
    }


async def browser_of(site, event, staff, role):
    if role == STRANGER:
        return site.browser()
    if role in (SCREEN, OVERLAY, STAGE):
        return (await site.browser_of_screen(event.slug, role))[0]
    return await site.browser_of(staff[role])


@pytest.fixture
async def picture(site):
    return await site.services["pictures"].keep_bytes(plain(), kind="photo")


@pytest.fixture
async def names(site, store, event, staff, picture):
    """What stands in the paths of routes: all of it is really there."""
    await store.sources.save(event.slug, SourceSettings(id="hook", kind="webhook", options={"secret": ""}))
    post = a_post(media=(Media(kind="image", url="https://x.example/a.png", picture=picture),))
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    published = {"questions": "moderated", "mastodon_api": True, "transcript": "names"}
    await store.events.change(event.slug, lambda before: replace(before, **published))
    screen, _ = await a_widget(store, event)  # which those who may do so take back
    _, token = await a_widget(store, event)
    stage, _ = await store.screens.open(event.slug, "Left", now=NOW, kind="stage")
    logo = await site.services["pictures"].keep_bytes(plain(), kind="logo")
    await store.brands.put(event.slug, Brand(logo=logo), now=NOW)
    sponsor = Sponsor(id="sponsor-1", name="Birchwire")
    await store.sponsors.change(event.slug, lambda before: before.added(sponsor), now=NOW)
    await store.rules.change(event.slug, lambda rules: [*rules, Rule(id="bots", kind="bots")])
    await store.scenes.create(
        event.slug, SceneList(id="hall", name="Hall", scenes=(Scene(id="w", kind="wall"),)), now=NOW
    )
    asked = leave_request("webhook", "ana", "", now=NOW)
    await store.leave_requests.ask(event.slug, asked)
    written = Written(post_id=post.id, words="Hello", by_name="Mia")
    told = Entry(kind="written", by="mia", by_name="Mia", at=NOW)
    await store.blog.keep(event.slug, written, told)
    talk = Session(id="talk", title="Talk", starts=NOW, by_hand=True)
    preview = Preview(draft=Draft(kind="iCalendar", sessions=(talk,)), origin="a.ics")
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)
    await make_chat(store, event, an_edition())
    poll = moved(a_poll(), "open", now=NOW)
    await store.polls.add(event.slug, poll, now=NOW)
    made = Story(id="story-1", title="A day", parts=(Part(id="a", words="Hello"),)).opened([], NOW)
    await store.stories.create(event.slug, made, now=NOW, entry=told)
    report = EventReport(token="report-1", title="Days", made_at=NOW)
    await store.event_reports.keep(event.slug, report, entry=told)
    site.services["ledgers"] = Ledgers(**{event.slug: a_ledger(Said(by="ana"))})
    tip = await store.feeds.tip(event.slug, "public")
    hook = Webhook(id="lights", name="Lights", address="https://127.0.0.1/", base="", secrets=())
    await store.webhooks.create(event.slug, hook, Progress(epoch=tip.epoch, offset=tip.offset))
    return {
        "report_token": report.token, "table": "outcomes", "webhook": "lights",
        "poll": poll.id, "part": "said", "list": "hall", "scene": "w", "scene_kind": "wall",
        "post": post.id, "announcement": "none", "story": made.id, "name": made.name,
        "session": "talk", "preview": await store.programmes.put_by(event.slug, preview), "picture": logo.id,
        "slug": event.slug, "source": "hook", "person": staff["spare"].id, "screen": screen.id, "stage": stage.id, "token": token, "key": "none", "passkey": "none",
        "dialect": "slack", "rule": "bots", "kind": "words", "section": "settings", "status": "approved", "post_id": post.id, "picture_id": picture.id,
        **await private_names(site.store, event, post),
        "sponsor": "sponsor-1", "size": "thumb", "edition": "x", "request": asked.id, "entry": post.id,
        "tag": "PyConEx", "account": decimal("own", "wall"), "version": "v1", "what": "statuses", "which": "none",
        "proposal": "none", "member": "none", "browser": "none", "format": "html",
    }  # fmt: skip


async def private_names(store, event, post):
    """A private thread of somebody who is none of these, with all that there may be in one."""
    await store.events.change(event.slug, lambda event: replace(event, back_channels=True))
    ana, id = Member(id="participant:ana", name="Ana"), "a" * 22
    begun = back_channel.start(id, post.id, ana, NOW, words="Hello")
    asked = TeamAsk(id="ask", thread_id=id, post_id=post.id, by_name="Ana", at=NOW)
    report = Report(id="report", post_id=post.id, by=ana.id, by_name="Ana", words="", messages=(), at=NOW)
    await store.reports.ask(event.slug, asked)
    await store.reports.report(event.slug, report)
    await store.back_channels.start(
        event.slug, Change(replace(begun.thread, team_ask="ask"), begun.messages), listed=[], now=NOW
    )
    told = Entry(kind="barred", by="p1", by_name="Mia", at=NOW)
    await store.barrings.bar(event.slug, Barred(member="participant:ben", name="Ben", by_name="Mia", at=NOW), told)
    ((name, _),) = await store.barrings.all(event.slug)
    ids = {"ask": asked.id, "report": report.id, "barred": name}
    return {"thread": id, "number": 1, "excerpt": "x", "link": "x", **ids}


async def form_of(path, names, store):
    """Return what a request says where saying nothing would be refused for that."""
    if path in OPENED_BY:
        _, token = await store.screens.open(names["slug"], "New", now=NOW, kind=OPENED_BY[path])
        return {"data": {"token": token}}
    if path.endswith("/outputs/mastodon"):
        return {"data": {"mastodon_api": "yes"}}  # else it were closed for the rows after it
    return {}


async def a_widget(store, event):
    return await store.screens.open(
        event.slug, "Site", now=NOW, kind="embed", origins=("https://www.example.org",)
    )


@pytest.mark.parametrize("role", ROLES)
async def test_a_route_opens_only_to_those_who_may_use_it(site, event, staff, names, role):
    opened = set()

    for row in MAY:
        method, path = row.split(" ")
        browser = await browser_of(site, event, staff, role)
        method = "HEAD" if path.endswith(".sse") else method  # their answers go on for ever
        answer = await browser.request(method, path.format(**names), **await form_of(path, names, site.store))
        opened |= {row} if answer.status_code not in REFUSED else set()
        assert answer.status_code < 500, row

    assert opened == {row for row, roles in MAY.items() if role in roles}


async def test_the_desk_reads_the_session_once_a_request(site, event, staff, names, monkeypatch):
    browser = await site.browser_of(staff[MODERATOR])
    reads, read = [], People.session

    async def counted(*given, **named):
        reads.append(given)
        return await read(*given, **named)

    monkeypatch.setattr(People, "session", counted)
    for row in (row for row in MAY if "/moderate" in row):
        method, path = row.split(" ")
        reads.clear()
        await browser.request("HEAD" if path.endswith(".sse") else method, path.format(**names))
        assert len(reads) == 1, row


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", STREAMS)
async def test_a_stream_opens_only_to_those_who_may_follow_it(served, store, event, staff, path, role):
    browser = await browser_of(served, event, staff, role)
    _, token = await a_widget(store, event)

    async with served.stream(path.format(slug=event.slug, token=token), browser=browser) as stream:
        code = await closed(stream) if role not in STREAMS[path] else None
        assert code in (None, Close.NOT_ALLOWED)
        assert code or "hello" in await stream.recv()


def test_every_route_has_a_row():
    written = {row.replace("/css/base.css", "") for row in MAY}

    assert written - {"GET /static/{edition}"} == listed()


def test_every_stream_has_a_row():
    streams = {route.path for route in routes() if not getattr(route, "methods", None)}

    assert streams - {"/static/{edition}"} == set(STREAMS)


async def test_a_decision_of_a_moderator_of_another_event_changes_nothing(site, store, event, max_, waiting):
    browser = await site.browser_of(max_)
    decision = a_decision("approve", waiting)

    answer = await browser.post(
        f"/{event.slug}/moderate/decisions",
        json={
            "id": "abcdefgh",
            "post": decision.post_id,
            "kind": "approve",
            "version": 1,
            "hash": decision.content_hash,
        },
    )

    assert answer.status_code == 403
    assert await store.posts.get(event.slug, waiting.post.id) == waiting


async def test_a_screen_of_one_event_is_nobody_at_another(site, event, other_event):
    browser, _ = await site.browser_of_screen(event.slug)
    browser.cookies.set(f"screen-{other_event.slug}", browser.cookies[f"screen-{event.slug}"])

    assert (await browser.get(f"/{event.slug}/screen")).status_code == 200
    assert (await browser.get(f"/{other_event.slug}/screen")).status_code == 403


@pytest.mark.parametrize("kind", SCREEN_KINDS)
async def test_a_token_opens_the_page_of_its_own_kind_and_no_other(site, store, event, kind):
    _, token = await store.screens.open(event.slug, "One", now=NOW, kind=kind, origins=("https://a.example",))
    browser = site.browser()
    for other in SCREEN_KINDS:
        browser.cookies.set(f"{other}-{event.slug}", token)

    pages = {one: f"/{event.slug}/{one}" for one in SCREEN_KINDS} | {"embed": f"/{event.slug}/embed/{token}"}
    opened = {one for one, page in pages.items() if (await browser.get(page)).status_code == 200}

    assert opened == {kind}


@pytest.mark.parametrize("kind", ["screen", "overlay", "stage"])
async def test_a_token_is_exchanged_at_the_door_of_its_own_kind_only(site, store, event, kind):
    _, token = await store.screens.open(event.slug, "One", now=NOW, kind=kind)

    answers = {
        one: (await site.browser().post(f"/{event.slug}/{one}/open", data={"token": token})).status_code
        for one in ("screen", "overlay", "stage")
    }

    assert {one for one, status in answers.items() if status == 200} == {kind}
    assert set(answers.values()) == {200, 403}


async def test_who_must_sign_in_first_is_led_there_and_back(site, event):
    answer = await site.browser().get(f"/{event.slug}/moderate", headers={"accept": "text/html"})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next=/{event.slug}/moderate"


async def test_a_role_taken_away_is_gone_with_the_next_request(site, store, event, mia):
    browser = await site.browser_of(mia)
    assert (await browser.get(f"/{event.slug}/moderate")).status_code == 200

    await store.people.grant(mia.id, event.slug, None)

    assert (await browser.get(f"/{event.slug}/moderate")).status_code == 401


async def test_a_session_is_over_after_a_week(site, event, mia):
    browser = await site.browser_of(mia)

    site.later(days=8)

    assert (await browser.get(f"/{event.slug}/moderate")).status_code == 401


@pytest.mark.parametrize(
    "secret", [b"", b"wrong", "\udcff".encode("utf-8", "surrogatepass"), b"x" * 5000, b'"\\377"']
)
async def test_a_cookie_that_is_none_of_ours_signs_nobody_in(site, event, secret):
    answer = await site.browser().get(f"/{event.slug}/moderate", headers={"cookie": b"session=" + secret})

    assert answer.status_code == 401


async def test_over_https_only_a_cookie_that_no_other_host_can_set_counts(site, event, mia):
    browser = site.browser(base="https://127.0.0.1")
    secret = await site.secret_of(mia)

    plain = await browser.get(f"/{event.slug}/moderate", headers={"cookie": f"session={secret}"})
    bound = await browser.get(f"/{event.slug}/moderate", headers={"cookie": f"__Host-session={secret}"})

    assert (plain.status_code, bound.status_code) == (401, 200)
