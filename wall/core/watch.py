"""What an event's team watches for: words of danger and access, what can be mended, and who they are themselves."""

from dataclasses import dataclass

from wall.core.post import Post

SAFETY = (
    "*unsafe*", "fire", "smoke", "evacuat*", "first aid", "ambulance", "injur*", "fainted", "allergic", "allergy",
    "harass*", "grop*", "stalk*", "assault*", "threaten*", "wheelchair*", "step free", "lift broken", "blocked exit*",
    "lost child", "missing child", "notfall", "feuer", "verletzt", "belästig*", "rollstuhl*", "barrierefrei*",
    "urgence", "incendie", "blessé*", "harcèlement", "fauteuil roulant", "emergencia", "incendio", "herid*", "acoso",
    "silla de ruedas", "حريق", "إسعاف", "تحرش", "كرسي متحرك",
)  # fmt: skip
PROBLEMS = (
    "wifi", "wi fi", "wlan", "internet", "sound", "microphone", "mic", "can't hear", "cannot hear", "audio", "stream",
    "livestream", "projector", "subtitles", "captions", "queue", "queues", "crowded", "full room",
    "too hot", "too cold", "freezing", "air conditioning", "toilet", "toilets", "restroom*", "water", "coffee",
    "vegan", "vegetarian", "gluten", "badge", "badges", "registration", "ticket", "tickets", "refund*", "schedule",
    "cancelled", "delayed", "parking", "shuttle", "cloakroom", "power outlet*", "mikrofon", "schlange",
    "toiletten", "erstattung", "micro", "file d'attente", "toilettes", "remboursement", "sonido", "micrófono",
    "baños", "reembolso",
)  # fmt: skip
MOST_WORDS = 500
LONGEST_WORD = 60
MOST_MESSAGES = 30
MOST_AFFILIATIONS = 500
LONGEST_AFFILIATION = 80


@dataclass(frozen=True, slots=True)
class KeyMessage:
    """Something that an organiser wants people to hear: what it is called, and the phrases that say it."""

    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What somebody is to the event, in the organiser's words, by a handle: “speaker”, “press, Daily Bugle”."""

    handle: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What an organiser sets: `ours` are handles that speak for the event, `safety` and `problems` words;
    none are the usual ones. `messages` are looked for in what people say. `affiliations` stand beside names.

    An asterisk at an end of a word leaves that end open.
    """

    ours: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    messages: tuple[KeyMessage, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()


def is_ours(watch: Watch, post: Post) -> bool:
    """Tell whether a post is of the team: in the wall's name, or by one of its handles."""
    return post.source.kind in ("answer", "blog") or handle(post.author.handle) in ours(watch)


def to_us(watch: Watch, post: Post) -> bool:
    """Tell whether a post speaks to the team: it came by the event's own form, answers the team, or names it."""
    if post.source.kind in ("form", "sms", "question"):
        return True
    answers = (post.reply_to or "").partition(":")[0] in ("answer", "blog")
    return answers or any(span.kind == "mention" and handle(span.value) in ours(watch) for span in post.spans)


def ours(watch: Watch) -> frozenset[str]:
    return frozenset(handle(one) for one in watch.ours)


def affiliation(watch: Watch, of: str) -> str:
    """Return what whoever goes by a handle is to the event, "" for whom nobody said it."""
    return next((one.what for one in watch.affiliations if handle(one.handle) == handle(of)), "")


def handle(name: str) -> str:
    return name.strip().removeprefix("@").casefold()
