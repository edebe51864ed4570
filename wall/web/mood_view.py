"""How posts sound, in sentences that a moderator can check."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_time

from wall import catalogs
from wall.core.event import Event
from wall.core.lesson import FEWEST, FEWEST_OF_A_KIND
from wall.core.moderation import Standing, Status
from wall.core.mood import Heard, Mood, Says, Word
from wall.core.mood_figures import Direction, Movement
from wall.core.spoken import spoken, words_hash
from wall.core.tongue import UNKNOWN
from wall.core.words import Words, _, ngettext
from wall.store.moods import Taught
from wall.web import language
from wall.web.cards import stands
from wall.web.networks import NETWORKS
from wall.web.when import ago

ANSWERS: dict[Says, str] = {
    "unhappy": _("Unhappy"),
    "not unhappy": _("Not unhappy"),
    "can't tell": _("Can’t tell"),
}
DIRECTIONS: dict[Direction, str] = {
    "lower": _("lower"),
    "higher": _("higher"),
    "the same": _("much the same"),
    "too few": _("too few to tell"),
}


def row_view(event: Event, standing: Standing, heard: Heard, now: datetime) -> dict[str, Any]:
    """Return what the desk shows of a post to be heard: its words, how it sounds, and what a moderator may say."""
    post = standing.post
    return {
        **line_view(event, standing, heard, now),
        "author": post.author.name or post.author.handle,
        "network": NETWORKS.get(post.source.kind, post.source.kind),
        "text": post.text,
        "language": post.language,
        "written": ago(post.created_at, now),
        "stands": stands(standing),
        "url": f"/{event.slug}/post/{post.id}" if standing.visible else None,
    }


def line_view(event: Event, standing: Standing, heard: Heard, now: datetime) -> dict[str, Any]:
    """Return how a post sounds and the answers to that, for the line on its card."""
    word = heard.word
    return {
        "id": standing.post.id,
        "words": words_hash(spoken(standing.post.text)),
        "sentence": sentence(heard),
        "said": ago(word.at, now) if word else None,
        "answers": [(says, words, bool(word and word.says == says)) for says, words in ANSWERS.items()],
        "say_url": f"/{event.slug}/moderate/mood/{standing.post.id}",
        "open": standing.status is not Status.WITHDRAWN,
    }


def sentence(heard: Heard) -> str:
    """Return how a post sounds: by a moderator's word, else as a guess that says how far it may be believed."""
    if heard.word:
        return said(heard.word)
    if heard.mood is None:
        return _("Not listened to yet")
    return guessed(heard.mood)


def said(word: Word) -> str:
    if word.says == "unhappy":
        return _("%(name)s says: unhappy", name=word.by_name)
    if word.says == "not unhappy":
        return _("%(name)s says: not unhappy", name=word.by_name)
    return _("%(name)s says: nobody can tell", name=word.by_name)


def guessed(mood: Mood) -> str:
    if mood.score is None:
        if mood.language == UNKNOWN:
            return _("Not scored: nobody can tell which language it is in")
        return _("Not scored: %(language)s", language=language_name(mood.language))
    if mood.learned is not None:
        if mood.unhappy:
            return ngettext(
                "Sounds unhappy (automatic guess; this event’s moderators taught it %(num)s post)",
                "Sounds unhappy (automatic guess; this event’s moderators taught it %(num)s posts)",
                mood.taught,
            )
        return ngettext(
            "Does not sound unhappy (automatic guess; this event’s moderators taught it %(num)s post)",
            "Does not sound unhappy (automatic guess; this event’s moderators taught it %(num)s posts)",
            mood.taught,
        )
    if mood.unhappy:
        return _("Sounds unhappy (automatic guess, about half of unhappy posts are missed)")
    return _("Does not sound unhappy (automatic guess, about half of unhappy posts are missed)")


def language_name(code: str) -> str:
    """Return what a language is called in the language of the page; its code where that has no name for it."""
    return str(catalogs.locale(language.current()).languages.get(code, code))


def taught_words(event: Event, taught: Taught) -> Words:
    """Return, in words, what became of teaching the guess."""
    if event.listens != "learn":
        return _("The guess learns nothing here; an organiser set it so.")
    if taught.learned is None or taught.lexicon is None:
        return ngettext(
            "The guess may learn from what you say. You have spoken of %(num)s post in English so far; "
            "it takes %(fewest)s, and %(each)s of each kind at the least.",
            "The guess may learn from what you say. You have spoken of %(num)s posts in English so far; "
            "it takes %(fewest)s, and %(each)s of each kind at the least.",
            taught.posts,
            fewest=FEWEST,
            each=FEWEST_OF_A_KIND,
        )
    measured = {"learned": two(taught.learned), "lexicon": two(taught.lexicon)}
    if taught.better:
        return ngettext(
            "You taught the guess %(num)s post. On posts that it had not been shown, it agrees with you more "
            "often than the list of words alone (%(learned)s against %(lexicon)s; 1 would be always), so it is used.",
            "You taught the guess %(num)s posts. On posts that it had not been shown, it agrees with you more "
            "often than the list of words alone (%(learned)s against %(lexicon)s; 1 would be always), so it is used.",
            taught.posts,
            **measured,
        )
    return ngettext(
        "You taught the guess %(num)s post. On posts that it had not been shown, it agrees with you no more often "
        "than the list of words alone (%(learned)s against %(lexicon)s; 1 would be always), so that list is used.",
        "You taught the guess %(num)s posts. On posts that it had not been shown, it agrees with you no more often "
        "than the list of words alone (%(learned)s against %(lexicon)s; 1 would be always), so that list is used.",
        taught.posts,
        **measured,
    )


def two(value: float) -> str:
    return language.number(round(value, 2))


def latest_words(begins: int, movement: Movement, timezone: str) -> Words:
    """Return which way the mood went in an hour, with how many posts say so."""
    values = {"time": clock(begins, timezone), "scored": movement.scored, "posts": movement.posts}
    if movement.direction == "lower":
        return _(
            "Mood in the hour from %(time)s: lower than in the hours before "
            "(n = %(scored)s posts scored of %(posts)s)",
            **values,
        )
    if movement.direction == "higher":
        return _(
            "Mood in the hour from %(time)s: higher than in the hours before "
            "(n = %(scored)s posts scored of %(posts)s)",
            **values,
        )
    return _(
        "Mood in the hour from %(time)s: much the same as in the hours before "
        "(n = %(scored)s posts scored of %(posts)s)",
        **values,
    )


def clock(seconds: int, timezone: str) -> str:
    """Return the time of day of a moment as the clocks of the event show it."""
    at = datetime.fromtimestamp(seconds, ZoneInfo(timezone))
    return str(format_time(at, "short", locale=catalogs.locale(language.current())))
