"""What figures and scopes are called: shares, waits, languages and networks as the language of the page writes them."""

from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.numbers import format_percent

from wall.core.event import Event
from wall.core.ledger import Scope
from wall.core.programme import Programme
from wall.core.words import Words, _, listed, ngettext
from wall.web.language import say
from wall.web.networks import NETWORKS
from wall.web.when import DAY, HOUR, MINUTE, days, locale

EXACT_UP_TO = 0.0995
"""Shares below ten of a hundred are told to a tenth."""


def share(part: float, whole: float) -> str:
    """Return a share in hundredths: “47%”, “4.7%”; of nothing, a dash."""
    if not whole:
        return "–"
    found = part / whole
    exact = round(found, 3) if 0 < found < EXACT_UP_TO else round(found, 2)
    return str(format_percent(exact, locale=locale(), decimal_quantization=False))


def lasted(seconds: float) -> Words:
    """Return a length of time in whole units, rounded up, for what lasted so long lasted no longer than that."""
    whole = ceil(seconds)
    if whole <= 2 * MINUTE:
        return ngettext("%(num)s second", "%(num)s seconds", whole)
    if whole <= 2 * HOUR:
        return ngettext("%(num)s minute", "%(num)s minutes", ceil(whole / MINUTE))
    if whole <= 2 * DAY:
        return ngettext("%(num)s hour", "%(num)s hours", ceil(whole / HOUR))
    return ngettext("%(num)s day", "%(num)s days", ceil(whole / DAY))


def language_name(tag: str) -> str:
    """Return what a language is called in the language of the page; what nobody knows, by its tag."""
    try:
        return Locale.parse(tag.replace("_", "-"), sep="-").get_display_name(locale()) or tag
    except (ValueError, UnknownLocaleError):
        return tag


def network_name(kind: str) -> str:
    return say(NETWORKS.get(kind, kind))


def day_and_time(moment: int, timezone: str) -> str:
    """Return a moment by the clocks of an event: “12 June 2026, 09:30”."""
    local = datetime.fromtimestamp(moment, ZoneInfo(timezone))
    return f"{days(local, local)}, {local:%H:%M}"


def scope_words(scope: Scope, event: Event, programme: Programme) -> Words:
    """Return, in a sentence, which posts are counted, and by which clocks."""
    begins, ends = (
        day_and_time(moment, event.timezone) if moment is not None else "" for moment in (scope.begins, scope.ends)
    )
    zone = event.timezone.replace("_", " ")
    only = listed(filters(scope, programme))
    if begins and ends:
        times = _("Posts from %(begins)s to %(ends)s", begins=begins, ends=ends)
    elif begins:
        times = _("Posts from %(begins)s on", begins=begins)
    elif ends:
        times = _("Posts before %(ends)s", ends=ends)
    else:
        times = _("All posts of the event")
    if only:
        return _("%(times)s, only: %(only)s. Times are those of %(zone)s.", times=times, only=only, zone=zone)
    return _("%(times)s. Times are those of %(zone)s.", times=times, zone=zone)


def filters(scope: Scope, programme: Programme) -> list[str]:
    """Return, in words, what a scope asks for besides times."""
    found: list[str] = []
    if scope.session:
        session = programme.session(scope.session)
        title = session.title if session else scope.session
        found.append(_("of the session “%(title)s”", title=title))
    if scope.network:
        found.append(_("by way of %(network)s", network=network_name(scope.network)))
    if scope.language:
        found.append(_("in the language %(language)s", language=language_name(scope.language)))
    if scope.where:
        found.append(_("written in the room") if scope.where == "room" else _("written from afar"))
    return found
