"""The name of every key. All keys of an event carry its slug as hash tag, so that it lives in one Cluster slot."""

import hashlib
from functools import lru_cache

from wall.core.feed import FeedName
from wall.core.moderation import Status


class EventKeys:
    """The keys of one event."""

    def __init__(self, slug: str) -> None:
        self.prefix = f"wall:{{{slug}}}:"
        self.event = self.prefix + "event"
        self.posts = self.prefix + "post:"
        self.aliases = self.prefix + "aliases"
        self.cards = self.prefix + "cards"
        self.unsettled = self.prefix + "cards:unsettled"
        self.arrivals = self.prefix + "arrivals"
        self.newest = self.prefix + "newest"
        self.answered = self.prefix + "answered"
        self.pinned = self.prefix + "pinned"
        self.trusted = self.prefix + "trusted"
        self.approvals = self.prefix + "approvals"
        self.against = self.prefix + "against"
        self.due = self.prefix + "due"
        self.refused = self.prefix + "refused"
        self.restricted = self.prefix + "restricted"
        self.strictness = self.prefix + "strictness"
        self.shown = self.prefix + "shown"
        self.screens = self.prefix + "screens"
        self.scenes = self.prefix + "scenes"
        self.directions = self.prefix + "directions"
        self.brand = self.prefix + "brand"
        self.sponsors = self.prefix + "sponsors"
        self.showings = self.prefix + "showings"
        self.curtain = self.prefix + "curtain"
        self.outputs = self.prefix + "outputs"
        self.sources = self.prefix + "sources"
        self.desks = self.prefix + "desks"
        self.holds = self.prefix + "holds"
        self.firsts = self.prefix + "firsts"
        self.turns = self.prefix + "turns"
        self.team = self.prefix + "team"
        self.secret = self.prefix + "secret"
        self.revoked = self.prefix + "revoked"
        self.rules = self.prefix + "rules"
        self.tallies = self.prefix + "rules:tallies"
        self.duplicates = self.prefix + "duplicates"
        self.audit = self.prefix + "audit"
        self.audited = self.prefix + "audit:people"
        self.causes = self.prefix + "refused:causes"
        self.left = self.prefix + "left"
        self.leave_requests = self.prefix + "left:requests"
        self.programme = self.prefix + "programme"
        self.reading = self.prefix + "programme:reading"
        self.reader = self.prefix + "programme:reader"
        self.blog = self.prefix + "blog"
        self.stories = self.prefix + "stories"
        self.announcements = self.prefix + "announcements"
        self.announcing = self.prefix + "announcements:times"
        self.editions = self.prefix + "chat:editions"
        self.edition_times = self.prefix + "chat:times"
        self.placed = self.prefix + "chat:placed"
        self.gathered = self.prefix + "chat:gathered:"
        self.ledger = self.prefix + "ledger:"
        self.audience = self.prefix + "audience"
        self.answers_sent = self.prefix + "answers:sent"
        self.untold = self.prefix + "untold"
        self.polls = self.prefix + "polls"
        self.questions = self.prefix + "questions"
        self.questions_closed = self.prefix + "questions:closed"
        self.question_votes = self.prefix + "questions:votes:"
        self.question_voters = self.prefix + "questions:voters:"
        self.members = self.prefix + "circle:members"
        self.circles = self.prefix + "circles"
        self.passing = self.prefix + "circle:passing"
        self.proposals = self.prefix + "circle:proposals"
        self.browsers = self.prefix + "circle:browsers"
        self.own_links = self.prefix + "circle:links"
        self.looked = self.prefix + "circle:looked"
        self.back_channels = self.prefix + "back-channels"
        self.back_channel_secret = self.prefix + "back-channels:secret"
        self.event_reports = self.prefix + "reports"
        self.back_channel_reports = self.prefix + "back-channels:reports"
        self.back_channel_asks = self.prefix + "back-channels:asks"
        self.back_channel_barred = self.prefix + "back-channels:barred"
        self.newcomers = self.prefix + "newcomers"
        self.turned_away = self.prefix + "turned-away"
        self.codes = self.prefix + "codes"
        self.followers = self.prefix + "followers"
        self.api_keys = self.prefix + "keys"
        self.api_keys_seen = self.prefix + "keys:seen"
        self.webhooks = self.prefix + "webhooks"
        self.webhook_progress = self.prefix + "webhooks:progress"
        self.followers_until = self.prefix + "followers:until"
        self.cases = self.prefix + "cases"
        self.moods = self.prefix + "moods"
        self.unhappy = self.prefix + "moods:unhappy"
        self.unhappiest = self.prefix + "moods:unhappiest"
        self.moods_said = self.prefix + "moods:said"
        self.retaining = self.prefix + "retaining"
        self.left_figures = self.prefix + "left:figures"
        self.erasure = self.prefix + "erasure"
        self.importing = self.prefix + "importing"
        self.imported = self.prefix + "imported"

    def post(self, post_id: str) -> str:
        return self.posts + post_id

    def status(self, status: Status) -> str:
        return f"{self.prefix}posts:{status}"

    def feed(self, name: FeedName) -> str:
        """The stream of a feed, and the channel that the same entries are published on."""
        return f"{self.prefix}feed:{name}"

    def head(self, name: FeedName) -> str:
        """The epoch and the newest offset of a feed."""
        return f"{self.prefix}feed:{name}:head"

    def decision(self, decision_id: str) -> str:
        return f"{self.prefix}decision:{decision_id}"

    def recent(self, person_id: str) -> str:
        """The newest decisions of one moderator."""
        return f"{self.prefix}recent:{person_id}"

    def source(self, source_id: str, part: str) -> str:
        """One part of a source: its lease, position, posts, how it fares (record), when posts came (slots)."""
        return f"{self.prefix}source:{source_id}:{part}"

    def pace(self, author: str) -> str:
        """How many posts of an author came in the minute that began with the first; an author's uid may be anything."""
        return f"{self.prefix}pace:{hashlib.sha256(author.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"

    def dropped(self, why: str) -> str:
        """Which posts were turned away at the door, as a sketch that can be counted and not read."""
        return f"{self.prefix}dropped:{why}"

    def preview(self, preview_id: str) -> str:
        """A programme that an organiser looks at before it is taken."""
        return f"{self.prefix}programme:preview:{preview_id}"

    def author(self, author: str) -> str:
        """The posts of one author, whose uid may be anything."""
        return f"{self.prefix}author:{hashlib.sha256(author.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"

    def quotes(self, post_id: str) -> str:
        """The entries of the wall's blog that quote a post."""
        return f"{self.prefix}quotes:{post_id}"

    def card(self, card: str) -> str:
        """The posts of one card."""
        return f"{self.cards}:{card}"

    def clue(self, clue: str) -> str:
        """The newest posts of each network that have something in common (store/clues.py), whatever that is."""
        return f"{self.prefix}clue:{digest(clue)}"

    def replies(self, post_id: str) -> str:
        """The posts that answer a post, by when they came, whatever became of them."""
        return f"{self.answered}:{post_id}"

    def reactions(self, post_id: str) -> str:
        """What each participant gave a post; scripts make it from the post's key."""
        return f"{self.post(post_id)}:reactions"

    def reacted(self, participant_id: str) -> str:
        """The posts that a participant reacted to."""
        return f"{self.participant(participant_id)}:reactions"

    def participant(self, participant_id: str) -> str:
        """What a participant says of themselves."""
        return f"{self.prefix}participant:{participant_id}"

    def sent(self, participant_id: str) -> str:
        """The posts that came from one participant."""
        return f"{self.prefix}participant:{participant_id}:posts"

    def poll(self, poll_id: str) -> tuple[str, str, str, str]:
        """What is kept of a poll beside itself: its ballots, their tally, its words, and which came in a crowd."""
        prefix = f"{self.polls}:{poll_id}:"
        return f"{prefix}ballots", f"{prefix}tally", f"{prefix}words", f"{prefix}crowds"

    def gathered_of(self, edition: int, part: str) -> str:
        """One part of what is gathered of an edition: its counts, people, where they are, posts of a question."""
        return f"{self.gathered}{edition}:{part}"

    def back_channel(self, thread_id: str) -> str:
        """A private thread: its version, and sealed all else."""
        return f"{self.prefix}back-channels:thread:{thread_id}"

    def back_channels_of(self, blinded: str) -> str:
        """The threads of one member, whom the name does not tell (store/sealing.py)."""
        return f"{self.prefix}back-channels:of:{blinded}"

    def back_channel_blocks(self, blinded: str) -> str:
        """Whose questions one member does not want; the name and what is in it tell nobody."""
        return f"{self.prefix}back-channels:blocks:{blinded}"

    def pushes(self, blinded: str) -> str:
        """Where one member is told of something new, sealed."""
        return f"{self.prefix}back-channels:push:{blinded}"

    def met(self, participant_id: str) -> str:
        """When a participant first took part, and when they passed the check."""
        return f"{self.prefix}participant:{participant_id}:met"

    def newcomers_from(self, home: str) -> str:
        """How many began to take part from one address within the hour."""
        return f"{self.prefix}newcomers:{home}"

    def webhook_attempts(self, webhook_id: str) -> str:
        """The last tries to tell a webhook something."""
        return f"{self.webhooks}:{webhook_id}:attempts"

    def delivery(self, source_id: str, delivery_id: str) -> str:
        """A webhook delivery that was taken in, so that it is not taken in twice."""
        return f"{self.prefix}source:{source_id}:delivery:{delivery_id}"


EVENT_SLUGS = "wall:{events}:slugs"
ERASED = "wall:{events}:erased"
CIRCLE = "circle"
"""What is revoked when an event becomes a circle, or a member goes: every viewer's right is looked at anew."""
PARTICIPANT_KEY = "wall:{participants}:key"
TOTALS = "wall:{sources}:totals"
WORKERS = "wall:{workers}:"
PEOPLE = "wall:{people}:"
PUSH_KEY = "wall:{push}:key"
PEOPLE_REVOKED = PEOPLE + "revoked"
SCHEMA_KEPT = "wall:{schema}:kept"
PROGRAMS = "wall:{schema}:programs"
RESTORED = "wall:{restored}"
MIGRATING = "wall:{schema}:migrating"


@lru_cache(maxsize=10_000)  # authors write more than once, and each clue is both asked for and written
def digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
