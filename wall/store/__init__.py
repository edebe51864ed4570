"""Redis, and only here: keys, scripts, and what the rest of the program may ask of them."""

from dataclasses import dataclass

from wall.store.absences import Absences
from wall.store.audit import Audit
from wall.store.authors import Authors
from wall.store.blog import Blog
from wall.store.brands import Brands
from wall.store.cards import Cards
from wall.store.curtains import Curtains
from wall.store.database import Database
from wall.store.desks import Desks
from wall.store.due import Due
from wall.store.events import Events
from wall.store.feeds import Feeds
from wall.store.finding import Finding
from wall.store.followers import Followers
from wall.store.leases import Leases, Workers
from wall.store.leave_requests import LeaveRequests
from wall.store.limits import Limits
from wall.store.outputs import Outputs
from wall.store.pairings import Pairings
from wall.store.participants import Participants
from wall.store.people import People
from wall.store.posts import Posts
from wall.store.programmes import Programmes
from wall.store.reactions import Reactions
from wall.store.refused import Refused
from wall.store.rules import Rules
from wall.store.scenes import Scenes
from wall.store.screens import Screens
from wall.store.showings import Showings
from wall.store.sources import Sources
from wall.store.sponsors import Sponsors
from wall.store.subscriptions import Subscriptions
from wall.store.sweeps import Sweeps
from wall.store.threads import Threads
from wall.store.untold import Untold


@dataclass(frozen=True, slots=True)
class Store:
    """All that is kept, by subject."""

    database: Database
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
    reactions: Reactions
    feeds: Feeds
    finding: Finding
    people: People
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
    threads: Threads
    untold: Untold
    followers: Followers


def open_store(url: str, *, replicas: int = 0) -> Store:
    """Return a store on the Redis at `url`; nothing is connected before the first question.

    A decision is confirmed once `replicas` of its replicas have it.
    """
    database = Database(url, replicas=replicas)
    posts, authors = Posts(database), Authors(database)
    return Store(
        database=database,
        events=Events(database),
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
        reactions=Reactions(database),
        feeds=Feeds(database),
        finding=Finding(posts, authors),
        people=People(database),
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
        threads=Threads(database, posts),
        untold=Untold(database),
        followers=Followers(database),
    )
