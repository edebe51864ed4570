"""The form of a scene: drawn from the options of its kind, what was typed made a scene, and filled in with one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

from wall.core.event import Event
from wall.core.options import Question, kept, questions, restored
from wall.core.scenes import PRIORITIES, TRANSITIONS, Scene, checked_scene
from wall.core.text import clean
from wall.core.words import Words, _
from wall.errors import InvalidInput
from wall.web import language
from wall.web.ending import local, parse_local
from wall.web.scenes import KINDS
from wall.web.scenes.kind import Kind

LOCAL = "%Y-%m-%dT%H:%M"
LINES = 12

Choice = TypeVar("Choice")


def parse_scene(values: Mapping[str, str], kind: str, *, id: str, event: Event) -> Scene:
    """Return the scene that was typed; raises InvalidInput naming the field."""
    if kind not in KINDS:
        raise InvalidInput(_("There is no such kind of scene."), field="kind")
    scene = Scene(
        id=id,
        kind=kind,
        seconds=whole(values.get("seconds", ""), "seconds"),
        transition=chosen(TRANSITIONS, values.get("transition", "fade"), "transition"),
        priority=chosen(PRIORITIES, values.get("priority", "0"), "priority"),
        options=parse_options(values, KINDS[kind].options, event),
    )
    return checked_scene(scene)


def parse_options(values: Mapping[str, str], options: type, event: Event) -> dict[str, Any]:
    """Return what was typed for each option, as it is kept; raises InvalidInput naming the field."""
    types = get_type_hints(options)
    typed = {
        name: unsaid(parse_one(values.get(name, ""), types[name], name, question, event), default, event)
        for name, default, question in questions(options)
    }
    return kept(options(**typed))


def parse_one(text: str, type: Any, name: str, question: Question, event: Event) -> Any:
    if type is bool:
        return text == "yes"
    if question.required and not text.strip():
        raise InvalidInput(_("Fill in “%(label)s”.", label=question.label), field=name)
    if type is int:
        number = whole(text, name)
        if not question.least <= number <= question.most:
            raise InvalidInput(
                _(
                    "This is a number from %(least)s to %(most)s.",
                    least=f"{question.least:,}",
                    most=f"{question.most:,}",
                ),
                field=name,
            )
        return number
    if type == datetime | None:
        return parse_time(text, name, event)
    if question.choices is not None:
        if text not in question.choices:
            raise InvalidInput(_("Choose one of the list."), field=name)
        return text
    cleaned = clean(text, limit=question.most + 1, lines=LINES)
    tidied = cleaned if question.rows > 1 else " ".join(cleaned.split())
    if len(tidied) > question.most:
        raise InvalidInput(_("This is longer than %(most)s characters.", most=f"{question.most:,}"), field=name)
    return tidied


def unsaid(value: Any, default: Any, event: Event) -> Any:
    """Return what was typed, or the words that stand there from the first where it is those in the event's language."""
    return default if isinstance(default, Words) and value == said(default, event) else value


def said(words: Words, event: Event) -> str:
    """Return words as screens say them, which speak the event's language."""
    with language.speaking(event.language):
        return language.say(words)


def parse_time(text: str, name: str, event: Event) -> datetime | None:
    if not text.strip():
        return None
    try:
        return parse_local(text, event)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=name) from error


def whole(text: str, name: str) -> int:
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise InvalidInput(_("This is a whole number."), field=name)
    return int(digits)


def chosen(choices: Mapping[Choice, str], text: str, name: str) -> Choice:
    found = next((choice for choice in choices if str(choice) == text), None)
    if found is None:
        raise InvalidInput(_("Choose one of the list."), field=name)
    return found


# The form as it is filled in


def new_scene(kind: str, *, id: str) -> Scene:
    """Return a scene of a kind as it is at first."""
    about = KINDS[kind]
    return Scene(id=id, kind=kind, seconds=about.seconds, priority=about.priority, options=kept(about.options()))


def form_values(scene: Scene, event: Event) -> dict[str, str]:
    """Return a scene as its form is filled in with it."""
    options: Any = restored(KINDS[scene.kind].options, scene.options)
    return {
        "seconds": str(scene.seconds),
        "transition": scene.transition,
        "priority": str(scene.priority),
        **{name: written(getattr(options, name), event) for name, _default, _question in questions(type(options))},
    }


def written(value: Any, event: Event) -> str:
    if isinstance(value, datetime):
        return f"{local(value, event):{LOCAL}}"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Words):
        return said(value, event)
    return "" if value is None else str(value)


def fields_view(kind: Kind) -> list[dict[str, Any]]:
    """Return the fields that a form has for the options of a kind."""
    types = get_type_hints(kind.options)
    return [
        {
            "name": name,
            "label": question.label,
            "help": question.help,
            "required": question.required,
            "type": field_type(types[name], question),
            "least": question.least,
            "most": question.most,
            "rows": question.rows,
            "choices": question.choices or {},
        }
        for name, _default, question in questions(kind.options)
    ]


def field_type(type: Any, question: Question) -> str:
    if question.choices is not None:
        return "choice"
    if type is str:
        return "area" if question.rows > 1 else "text"
    return {bool: "yes", int: "number"}.get(type, "time")


def summary(scene: Scene, event: Event) -> str:
    """Return what tells a scene from others of its kind: the first words typed or chosen for it, if any."""
    options: Any = restored(KINDS[scene.kind].options, scene.options)
    said = [(getattr(options, name), default, asked) for name, default, asked in questions(type(options))]
    words = [
        asked.choices.get(one, "") if asked.choices else one
        for one, default, asked in said
        if isinstance(one, str) and one and one != default
    ]
    return words[0] if words else ""
