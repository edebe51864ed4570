"""Redis, and only here: keys, scripts, and what the rest of the program may ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from wall.core.measures import StoreMeasures
from wall.store.absences import Absences
from wall.store.amplifiers import Amplifiers
from wall.store.announcements import Announcements
from wall.store.answering import Answering
from wall.store.api_keys import ApiKeys
from wall.store.audience import Audience
from wall.store.audit import Audit
from wall.store.authors import Authors
from wall.store.back_channels import BackChannels
from wall.store.barrings import Barrings
from wall.store.blog import Blog
from wall.store.brands import Brands
from wall.store.cards import Cards
from wall.store.cases import Cases
from wall.store.challenges import Challenges
from wall.store.chat_index import ChatIndex
from wall.store.chats import Chats
from wall.store.circles import Circles
from wall.store.curtains import Curtains
from wall.store.database import Database
from wall.store.desks import Desks
from wall.store.due import Due
from wall.store.erasures import Erasures
from wall.store.event_reports import EventReports
from wall.store.events import Events
from wall.store.feeds import Feeds
from wall.store.finding import Finding
from wall.store.followers import Followers
from wall.store.fronts import Fronts
from wall.store.leases import Leases, Workers
from wall.store.leave_requests import LeaveRequests
from wall.store.ledger import KeptLedgers
from wall.store.letters import Letters
from wall.store.limits import Limits
from wall.store.members import Members
from wall.store.migrations import Migrations
from wall.store.moods import Moods
from wall.store.newcomers import Newcomers
from wall.store.outputs import Outputs
from wall.store.pairings import Pairings
from wall.store.participants import Participants
from wall.store.passing import Passing
from wall.store.people import People
from wall.store.polls import Polls
from wall.store.posts import Posts
from wall.store.programmes import Programmes
from wall.store.proposals import Proposals
from wall.store.pushes import Pushes
from wall.store.questions import Questions
from wall.store.reactions import Reactions
from wall.store.refused import Refused
from wall.store.rehearsals import Rehearsals
from wall.store.reports import Reports
from wall.store.restoring import Restoring
from wall.store.retentions import Retentions
from wall.store.rules import Rules
from wall.store.scenes import Scenes
from wall.store.schema import Sharing
from wall.store.screens import Screens
from wall.store.sealing import Sealer
from wall.store.sessions import Sessions
from wall.store.showings import Showings
from wall.store.sources import Sources
from wall.store.sponsors import Sponsors
from wall.store.stories import Stories
from wall.store.subscriptions import Subscriptions
from wall.store.sweeps import Sweeps
from wall.store.threads import Threads
from wall.store.ticket_codes import TicketCodes
from wall.store.turned_away import TurnedAway
from wall.store.untold import Untold
from wall.store.ways_in import WaysIn
from wall.store.webhooks import Webhooks


@dataclass(frozen=True, slots=True)
class Store:
    """All that is kept, by subject."""

    database: Database
    sharing: Sharing
    migrations: Migrations
    restoring: Restoring
    rehearsals: Rehearsals
    events: Events
    posts: Posts
    rules: Rules
    programmes: Programmes
    cards: Cards
    sweeps: Sweeps
    authors: Authors
    due: Due
    refused: Refused
    absences: Absences
    leave_requests: LeaveRequests
    audit: Audit
    participants: Participants
    turned_away: TurnedAway
    ticket_codes: TicketCodes
    newcomers: Newcomers
    reactions: Reactions
    feeds: Feeds
    finding: Finding
    people: People
    letters: Letters
    challenges: Challenges
    screens: Screens
    pairings: Pairings
    scenes: Scenes
    brands: Brands
    sponsors: Sponsors
    curtains: Curtains
    showings: Showings
    outputs: Outputs
    sources: Sources
    subscriptions: Subscriptions
    leases: Leases
    workers: Workers
    limits: Limits
    desks: Desks
    blog: Blog
    questions: Questions
    answering: Answering
    announcements: Announcements
    chats: Chats
    chat_index: ChatIndex
    stories: Stories
    event_reports: EventReports
    erasures: Erasures
    retentions: Retentions
    fronts: Fronts
    sessions: Sessions
    threads: Threads
    untold: Untold
    polls: Polls
    circles: Circles
    passing: Passing
    members: Members
    proposals: Proposals
    ways_in: WaysIn
    back_channels: BackChannels
    barrings: Barrings
    reports: Reports
    pushes: Pushes
    followers: Followers
    amplifiers: Amplifiers
    moods: Moods
    cases: Cases
    audience: Audience
    ledger: KeptLedgers
    webhooks: Webhooks
    api_keys: ApiKeys


def open_store(
    url: str, *, replicas: int = 0, keys: Sequence[bytes] = (), measures: StoreMeasures | None = None
) -> Store:
    """Return a store on the Redis at `url`; nothing is connected before the first question.

    A decision is confirmed once `replicas` of its replicas have it. Private threads are sealed by the first of `keys`.
    """
    database = Database(url, replicas=replicas, measures=measures)
    posts, authors, events = Posts(database), Authors(database), Events(database)
    members = Members(database)
    sealer = Sealer(keys)
    channels = BackChannels(database, sealer)
    return Store(
        database=database,
        sharing=Sharing(database),
        migrations=Migrations(database),
        restoring=Restoring(database),
        rehearsals=Rehearsals(database),
        events=events,
        posts=posts,
        cards=Cards(posts),
        sweeps=Sweeps(posts),
        rules=Rules(database),
        programmes=Programmes(database),
        authors=authors,
        due=Due(database),
        refused=Refused(database),
        absences=Absences(database),
        leave_requests=LeaveRequests(database),
        audit=Audit(database),
        participants=Participants(database),
        turned_away=TurnedAway(database),
        ticket_codes=TicketCodes(database),
        newcomers=Newcomers(database),
        reactions=Reactions(database),
        feeds=Feeds(database),
        finding=Finding(posts, authors),
        people=People(database),
        letters=Letters(database),
        challenges=Challenges(database),
        screens=Screens(database),
        pairings=Pairings(database),
        scenes=Scenes(database),
        brands=Brands(database),
        sponsors=Sponsors(database),
        curtains=Curtains(database),
        showings=Showings(database),
        outputs=Outputs(database),
        sources=Sources(database),
        subscriptions=Subscriptions(database),
        leases=Leases(database),
        workers=Workers(database),
        limits=Limits(database),
        desks=Desks(database),
        blog=Blog(database),
        questions=Questions(database),
        answering=Answering(database),
        announcements=Announcements(database),
        chats=Chats(database),
        chat_index=ChatIndex(database),
        stories=Stories(database),
        event_reports=EventReports(database),
        erasures=Erasures(database),
        retentions=Retentions(database),
        fronts=Fronts(database),
        sessions=Sessions(Programmes(database)),
        threads=Threads(database, posts),
        untold=Untold(database),
        polls=Polls(database, events),
        circles=Circles(database, events),
        passing=Passing(database),
        members=members,
        proposals=Proposals(database, members),
        ways_in=WaysIn(database, members),
        back_channels=channels,
        barrings=Barrings(channels),
        reports=Reports(database, sealer),
        pushes=Pushes(database, channels),
        followers=Followers(database),
        amplifiers=Amplifiers(database),
        moods=Moods(database),
        cases=Cases(database),
        audience=Audience(database),
        ledger=KeptLedgers(database),
        webhooks=Webhooks(database),
        api_keys=ApiKeys(database),
    )
