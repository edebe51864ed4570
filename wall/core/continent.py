"""Continents: what somebody chose to say of where they are, or what a language tells that is spoken on one alone."""

from typing import Literal, get_args

Continent = Literal["", "africa", "antarctica", "asia", "europe", "north america", "oceania", "south america"]
CONTINENTS: tuple[Continent, ...] = get_args(Continent)
NAMES: dict[Continent, str] = {
    "africa": "Africa",
    "antarctica": "Antarctica",
    "asia": "Asia",
    "europe": "Europe",
    "north america": "North America",
    "oceania": "Oceania",
    "south america": "South America",
}
# Of who speaks these, nearly all live on that continent. English, Spanish, French, Portuguese, Arabic, Russian, Dutch,
# Turkish, Chinese and others are not among them: they are at home on several, or many who speak them live elsewhere.
TELLING: dict[Continent, str] = {
    "africa": "aa ak am bm ee ff ha ig kg ki ln lg mg nd nr ny om rn rw sn so ss st sw ti tn ts tw ve wo xh yo zu",
    "asia": "bn dz gu hi id ja jv km kn ko lo ml mn mr ms my ne or ps si su ta te th tk tl uz vi",
    "europe": "be bg bs ca cs cy da el et eu fi fo ga gd gl hr hu is it lb lt lv "
    "mk mt nb nn no pl ro se sk sl sq sr sv uk",
    "north america": "iu kl nv",
    "oceania": "fj mi sm to ty",
    "south america": "ay gn qu",
}
BY_LANGUAGE = {code: continent for continent, codes in TELLING.items() for code in codes.split()}


def of_language(tag: str | None) -> Continent:
    """Return the continent that a language tells of, "" where it tells of none."""
    return BY_LANGUAGE.get((tag or "").partition("-")[0].lower(), "")


def checked(value: str) -> Continent:
    """Return a continent that somebody chose; what is none counts as nothing said."""
    return next((one for one in CONTINENTS if one == value), "")
