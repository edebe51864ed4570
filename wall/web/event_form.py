"""The form of an event: what an organiser may fill in, checked field by field."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import cast, get_args
from zoneinfo import available_timezones

from wall.core.colour import parse_colour
from wall.core.event import PUBLISHED, REPLIES, RESERVED_SLUGS, Event, Published, Replies, Theme
from wall.core.hashtag import parse_hashtags, tagkey
from wall.core.languages import LANGUAGES, Language
from wall.core.question import ASKINGS, Asking
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web.chat_form import chat_values, parse_chat
from wall.web.day_field import parse_day
from wall.web.following_form import following_values, parse_following
from wall.web.listening_form import listening_values, parse_listening
from wall.web.public_form import parse_public, public_values
from wall.web.terms_form import MOST_HASHTAGS, parse_terms, terms_values

SLUG = re.compile(r"[a-z0-9-]{2,40}")
MOST_HELD = 50
HOLD_SECONDS = (10, 600)
BLANK = Event(slug="", title="", hashtags=(), keys=())


def parse_slug(text: str) -> str:
    """Return the name an event has in its addresses; raises InvalidInput."""
    slug = text.strip().lower()
    if not SLUG.fullmatch(slug):
        raise InvalidInput(_("An address has 2 to 40 letters a to z, digits and hyphens."), field="slug")
    if slug in RESERVED_SLUGS:
        raise InvalidInput(
            _("“%(slug)s” is a page of the wall itself; take another address.", slug=slug), field="slug"
        )
    return slug


def parse_event(values: Mapping[str, str], *, slug: str) -> Event:
    """Return an event as filled in, its version being 1; raises InvalidInput naming the field."""
    title = clean_name(values.get("title", ""))
    if not title:
        raise InvalidInput(_("Give the event a title; screens show it."), field="title")
    hashtags = parse_hashtags(values.get("hashtags", ""))
    if not hashtags:
        raise InvalidInput(_("Enter at least one hashtag; posts are found by it."), field="hashtags")
    if len(hashtags) > MOST_HASHTAGS:
        raise InvalidInput(
            _("At most %(most_hashtags)s hashtags fit one event.", most_hashtags=MOST_HASHTAGS), field="hashtags"
        )
    terms = parse_terms(values, hashtags)
    timezone = values.get("timezone", "UTC")
    if timezone not in timezones():
        raise InvalidInput(_("Choose a time zone of the list."), field="timezone")
    starts, ends = parse_day(values, "starts"), parse_day(values, "ends")
    if starts and ends and ends < starts:
        raise InvalidInput(_("The last day is before the first."), field="ends")
    return Event(
        slug=slug,
        title=title,
        hashtags=hashtags,
        keys=tuple(tagkey(tag) for tag in (*hashtags, *terms.aliases)),
        terms=terms,
        timezone=timezone,
        language=cast(Language, one_of(LANGUAGES, values.get("language", BLANK.language), field="language")),
        starts=starts,
        ends=ends,
        accent=parse_colour(values.get("accent", BLANK.accent)),
        theme=cast(Theme, one_of(get_args(Theme), values.get("theme", BLANK.theme), field="theme")),
        hold_posts=parse_number(values, "hold_posts", BLANK.hold_posts, 1, MOST_HELD),
        hold_seconds=parse_number(values, "hold_seconds", BLANK.hold_seconds, *HOLD_SECONDS),
        show_codes="show_codes" in values,
        two_eyes="two_eyes" in values,
        back_channels="back_channels" in values,
        chat=parse_chat(values),
        transcript=cast(
            Published, one_of(PUBLISHED, values.get("transcript", BLANK.transcript), field="transcript")
        ),
        replies=cast(Replies, one_of(REPLIES, values.get("replies", BLANK.replies), field="replies")),
        questions=cast(Asking, one_of(ASKINGS, values.get("questions", BLANK.questions), field="questions")),
        **parse_public(values),
        **parse_following(values),
        **parse_listening(values),
    )


def parse_number(values: Mapping[str, str], field: str, usual: int, least: int, most: int) -> int:
    text = values.get(field, str(usual)).strip()
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise InvalidInput(_("A whole number from %(least)s to %(most)s.", least=least, most=most), field=field)
    return int(text)


def one_of(choices: tuple[str, ...], value: str, *, field: str) -> str:
    if value not in choices:
        raise InvalidInput(_("Choose one of: %(choices)s.", choices=", ".join(choices)), field=field)
    return value


def form_values(event: Event) -> dict[str, str]:
    """Return an event as its form is filled in with it."""
    return {
        "slug": event.slug,
        "title": event.title,
        "hashtags": " ".join(f"#{tag}" for tag in event.hashtags),
        "timezone": event.timezone,
        "language": event.language,
        "starts": event.starts.isoformat() if event.starts else "",
        "ends": event.ends.isoformat() if event.ends else "",
        "accent": event.accent,
        "theme": event.theme,
        "replies": event.replies,
        "questions": event.questions,
        "transcript": event.transcript,
        "hold_posts": str(event.hold_posts),
        "hold_seconds": str(event.hold_seconds),
        **{name: "on" for name in ("show_codes", "two_eyes", "back_channels") if getattr(event, name)},
        **terms_values(event.terms),
        **public_values(event),
        **following_values(event),
        **listening_values(event),
        **chat_values(event),
    }


@cache
def timezones() -> frozenset[str]:
    """Return every time zone that has an IANA name."""
    return frozenset(available_timezones())


@cache
def zones_by_area() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the zones people live in, by part of the world, each with its name to read."""
    lived_in = sorted(
        zone for zone in timezones() if "/" in zone and not zone.startswith(("Etc/", "US/", "SystemV/"))
    )
    return [("", [("UTC", "UTC")])] + [
        (area, [(zone, zone.partition("/")[2].replace("_", " ")) for zone in zones])
        for area, zones in groupby(lived_in, key=lambda zone: zone.partition("/")[0])
    ]
