"""The `backchannel` command: what an organiser types, and what the processes of a wall run."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias, cast

from wall import __version__, logs, tracing
from wall.config import Config, load
from wall.errors import WallError

NOTHING_DONE = 2
FORMATS = ("html", "md", "txt", "csv", "jsonl", "json", "vtt")
"""Those of core/transcript/formats.py, which only the command itself reads."""
FAULTS = ("kill-web", "kill-ingest", "stall-redis", "cut")
"""Those of dress_rehearsal/plan.py."""

Command = Callable[[Config, argparse.Namespace], Coroutine[None, None, int]]
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; what goes wrong is one sentence."""
    options = parser().parse_args(arguments)
    try:
        config = settings(options)
        logs.begin(config.log, part=options.command, secrets=config.secrets)
        if config.traces:
            tracing.begin(config.traces, part=options.command)
        with asyncio.Runner(loop_factory=event_loop()) as runner:
            status: int = runner.run(command(options)(config, options))
        return status
    except WallError as error:
        print(error.message, file=sys.stderr)
        return NOTHING_DONE
    except KeyboardInterrupt:
        return 0


def event_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the faster event loop, where there is one; None for the usual."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(prog="backchannel", description="A live wall for events.")
    whole.add_argument("--version", action="version", version=__version__)
    commands_of = whole.add_subparsers(required=True, metavar="command")

    play = add(commands_of, "demo", "wall.demo", "play a rehearsal event, with everything that belongs to it")
    play.add_argument("--speed", type=float, default=3.0, help="how many times as fast as it was (3)")
    serve = add(commands_of, "serve", "wall.commands.serve", "run a wall on this machine")
    serve.add_argument("--workers", type=int, default=1, help="web processes, one a core (1)")
    for command in (play, serve):
        command.add_argument(
            "--insecure-lan",
            action="store_true",
            default=None,
            help="let staff in over plain http from other machines",
        )
    web = add(commands_of, "web", "wall.commands.web", "run one web process; needs WALL_REDIS_URL")
    web.add_argument("--fd", type=int, help=argparse.SUPPRESS)
    ingest = add(commands_of, "ingest", "wall.commands.ingest", "run one ingest worker; needs WALL_REDIS_URL")
    for command in (play, serve, web):
        command.add_argument("--host", help="address to listen on (127.0.0.1)")
        command.add_argument("--port", type=int, help="port to listen on (8000)")
    for command in (web, ingest):
        command.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    invite = add(commands_of, "invite", "wall.commands.invite", "print a one-time link that lets somebody in")
    invite.add_argument("--owner", action="store_true", help="for an owner of this installation")
    invite.add_argument("--event", help="for the staff of one event, by its slug")
    invite.add_argument(
        "--role", choices=("moderator", "organiser"), default="moderator", help="what they may do (moderator)"
    )
    invite.add_argument("--name", help="what they are called")
    out = add(commands_of, "export", "wall.commands.portable", "write a whole event to one file")
    out.add_argument("event", help="its slug")
    out.add_argument("--to", type=Path, metavar="FILE", help="where to (EVENT.backchannel.zip)")
    take = add(commands_of, "import", "wall.commands.portable", "take in an event from such a file")
    take.set_defaults(command="import_")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--as", dest="slug", metavar="SLUG", help="under another slug than it had")
    whole_of = add(commands_of, "backup", "wall.commands.backup", "write all that this wall keeps to one file")
    whole_of.add_argument("--to", type=Path, required=True, metavar="FILE|FOLDER", help="where to")
    back = add(commands_of, "restore", "wall.commands.backup", "put back what a backup holds")
    back.add_argument("file", type=Path, nargs="?", metavar="FILE", help="none for a Redis of your own")
    site = add(commands_of, "archive", "wall.commands.archive", "write a wall as files, for any web server")
    site.add_argument("event", help="its slug")
    site.add_argument("--to", type=Path, required=True, metavar="FOLDER|FILE.zip", help="where to")
    said = add(commands_of, "transcript", "wall.commands.transcript", "write down what stands on a wall")
    said.add_argument("event", help="the event, by its slug")
    said.add_argument("--format", choices=FORMATS, default="html", help=f"{', '.join(FORMATS)} (html)")
    said.add_argument(
        "--from", dest="begins", metavar="TIME", help="only from this day or time on: 2026-06-12T14:00"
    )
    said.add_argument("--to", dest="ends", metavar="TIME", help="only until this day or time")
    said.add_argument("--session", metavar="ID", help="only what was said during a session of the programme")
    said.add_argument("--edition", metavar="NUMBER", help="only an edition of a chat")
    said.add_argument("--initials", action="store_true", help="names as initials")
    said.add_argument("--without-pictures", action="store_true", help="leave pictures out")
    said.add_argument("--mark", action="store_true", help="CSV for Excel, with a mark at its beginning")
    day = add(commands_of, "plan", "wall.commands.plan", "print how much machine so many viewers and posts take")
    day.add_argument("--viewers", type=int, required=True, help="viewers at once, of all events together")
    day.add_argument("--posts-per-hour", type=float, required=True, help="posts an hour, of all events together")
    day.add_argument("--events", type=int, default=1, help="events they are spread over (1)")
    day.add_argument("--hours", type=float, default=8.0, help="hours that posts come for (8)")
    look = add(commands_of, "doctor", "wall.commands.doctor", "see whether this venue is fit for a wall")
    look.add_argument("url", nargs="?", help="address that people use (WALL_PUBLIC_URL)")
    look.add_argument("--json", action="store_true", help="for programs")
    look.add_argument("--host", help="address that the wall listens on (127.0.0.1)")
    look.add_argument("--port", type=int, help="port that it listens on (8000)")
    dress = add(
        commands_of,
        "rehearse",
        "wall.commands.rehearse",
        "rehearse a day on this wall, and say whether it is ready",
    )
    dress.add_argument("url", nargs="?", help="address that people use (WALL_PUBLIC_URL, else this machine's)")
    dress.add_argument(
        "--day", type=Path, metavar="FILE", help="an export, or the times of posts; else a day is invented"
    )
    dress.add_argument("--minutes", type=float, default=3.0, help="how long it takes (3)")
    dress.add_argument("--speed", type=float, default=60.0, help="how many times as fast as the day was (60)")
    dress.add_argument("--viewers", type=int, default=100, help="how many follow (100)")
    dress.add_argument(
        "--fault", action="append", default=[], choices=FAULTS, help="what fails meanwhile; several may"
    )
    dress.add_argument("--random-faults", type=int, metavar="N", help="so many of random kinds, at random moments")
    dress.add_argument("--seed", type=int, help="draw the random faults of an earlier report again")
    dress.add_argument(
        "--break-this-wall", action="store_true", help="let faults kill and hold up what serves everybody here"
    )
    dress.add_argument(
        "--raid", action="store_true", help="have many new accounts write at once what nobody may see"
    )
    dress.add_argument(
        "--panic", action="store_true", help="draw the curtain before every screen, and open it again"
    )
    dress.add_argument(
        "--patience", type=float, default=60.0, help="seconds until everybody has all at the end (60)"
    )
    dress.add_argument("--keep", action="store_true", help="keep the event of the rehearsal to look at")
    dress.add_argument("--json", action="store_true", help="for programs")
    dress.add_argument("--page", type=Path, metavar="FILE.html", help="write the report as a page that prints")
    add(commands_of, "check", "wall.commands.check", "print the settings and see whether everything is there")
    return whole


def add(commands_of: Subparsers, name: str, module: str, help: str) -> argparse.ArgumentParser:
    command = commands_of.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    command.set_defaults(command=name, module=module)
    command.add_argument("--data-dir", type=Path, help="folder for what is kept (data)")
    return command


def command(options: argparse.Namespace) -> Command:
    """Return what was asked for. Only its module is imported: a process starts with what it needs and no more."""
    return cast("Command", getattr(import_module(options.module), options.command))


def settings(options: argparse.Namespace) -> Config:
    """Return the settings from the environment and the command line."""
    names = ("data_dir", "host", "port", "insecure_lan")
    return load(os.environ, **{name: getattr(options, name, None) for name in names})
