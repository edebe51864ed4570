"""The part of an event's form that says more about which posts come in: other spellings, terms, continuations."""

from collections.abc import Mapping
from datetime import date

from wall.core.hashtag import parse_hashtags, tagkey
from wall.core.language import language
from wall.core.matching import Terms
from wall.core.words import _, all_of, listed
from wall.errors import InvalidInput
from wall.web.day_field import parse_day
from wall.web.when import days

MOST_HASHTAGS = 12  # that each server is asked for, again and again
MOST_LANGUAGES = 20
YEARS = range(2000, 2200)


def parse_terms(values: Mapping[str, str], hashtags: tuple[str, ...]) -> Terms:
    """Return what an event asks of posts besides its hashtags; raises InvalidInput naming the field."""
    aliases, every, none = (
        parse_hashtags(values.get(name, ""), field=name) for name in ("aliases", "every", "none")
    )
    if len(hashtags) + len(aliases) > MOST_HASHTAGS:
        raise InvalidInput(
            _(
                "At most %(most_hashtags)s, together with the hashtags: each server is asked for all.",
                most_hashtags=MOST_HASHTAGS,
            ),
            field="aliases",
        )
    for name, found in (("every", every), ("none", none)):
        if len(found) > MOST_HASHTAGS:
            raise InvalidInput(_("At most %(most_hashtags)s.", most_hashtags=MOST_HASHTAGS), field=name)
    if shared := first_shared(every, (*hashtags, *aliases)):
        words = _(
            "#%(hashtag)s is a hashtag of the event already. Name here what posts must have besides it.",
            hashtag=shared,
        )
        raise InvalidInput(words, field="every")
    if shared := first_shared(none, (*hashtags, *aliases, *every)):
        raise InvalidInput(
            _("Posts cannot have #%(shared)s and be left out for it: nothing would come.", shared=shared),
            field="none",
        )
    since, until = parse_term_day(values, "since"), parse_term_day(values, "until")
    if since and until and until < since:
        raise InvalidInput(_("This day is before the first one."), field="until")
    return Terms(
        aliases=aliases,
        every=every,
        none=none,
        since=since,
        until=until,
        languages=parse_languages(values.get("languages", "")),
        run_on="run_on" in values,
        continuations="continuations" in values,
    )


def first_shared(some: tuple[str, ...], others: tuple[str, ...]) -> str | None:
    """Return the first of some hashtags that is, however written, among others."""
    keys = set(map(tagkey, others))
    return next((tag for tag in some if tagkey(tag) in keys), None)


def parse_term_day(values: Mapping[str, str], field: str) -> date | None:
    day = parse_day(values, field)
    if day and day.year not in YEARS:
        raise InvalidInput(_("A day between %(first)s and %(last)s.", first=YEARS[0], last=YEARS[-1]), field=field)
    return day


def parse_languages(text: str) -> tuple[str, ...]:
    found = []
    for word in text.replace(",", " ").split():
        tag = language(word)
        if tag is None:
            raise InvalidInput(
                _("“%(word)s” is no language. Write codes such as en, de or pt-BR.", word=word[:20]),
                field="languages",
            )
        found.append(tag)
    if len(found) > MOST_LANGUAGES:
        raise InvalidInput(_("At most %(most_languages)s.", most_languages=MOST_LANGUAGES), field="languages")
    return tuple(dict.fromkeys(found))


def terms_values(terms: Terms) -> dict[str, str]:
    """Return terms as the form is filled in with them."""
    tags = {name: " ".join(f"#{tag}" for tag in getattr(terms, name)) for name in ("aliases", "every", "none")}
    days = {name: day.isoformat() if (day := getattr(terms, name)) else "" for name in ("since", "until")}
    switches = {name: "on" for name in ("run_on", "continuations") if getattr(terms, name)}
    return {**tags, **days, "languages": " ".join(terms.languages), **switches}


def terms_words(terms: Terms) -> str:
    """Return in words what is asked of posts besides one of the hashtags; "" when nothing is."""
    said = []
    if terms.every:
        said.append(_("also with %(hashtags)s", hashtags=all_of(f"#{tag}" for tag in terms.every)))
    if terms.none:
        said.append(_("without %(hashtags)s", hashtags=all_of(f"#{tag}" for tag in terms.none)))
    if terms.since:
        said.append(_("from %(day)s", day=days(terms.since, terms.since)))
    if terms.until:
        said.append(_("until %(day)s", day=days(terms.until, terms.until)))
    if terms.languages:
        said.append(_("in %(languages)s", languages=listed(terms.languages)))
    return listed(said)
