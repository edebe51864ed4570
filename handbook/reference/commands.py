"""Every command with its options, from the parser of the command line."""

import argparse

from handbook.reference.table import code, table
from wall.cli import parser


def every_command() -> str:
    return "".join(one_command(name, command) for name, command in commands().items())


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command by its name."""
    found = next(one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(found.choices)


def one_command(name: str, command: argparse.ArgumentParser) -> str:
    options = [one for one in command._actions if one.help != argparse.SUPPRESS]
    rows = [(code(written(one)), about(one)) for one in options if one.dest != "help"]
    usage = " ".join(command.format_usage().removeprefix("usage: ").replace("[-h] ", "").split())
    return f"\n## backchannel {name}\n\n{command.description}\n\n    {usage}\n" + table(
        ("option", "what it is"), rows
    )


def written(option: argparse.Action) -> str:
    value = option.metavar or ("|".join(map(str, option.choices)) if option.choices else option.dest.upper())
    if not option.option_strings:
        return str(option.metavar or option.dest)
    return option.option_strings[-1] if option.nargs == 0 else f"{option.option_strings[-1]} {value}"


def about(option: argparse.Action) -> str:
    words = (option.help or "").rstrip(".")
    sentence = f"{words[:1].upper()}{words[1:]}." if words else ""
    return f"{sentence} Must be given." if option.option_strings and option.required else sentence
