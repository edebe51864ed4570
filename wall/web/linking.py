"""A script and all it imports as one, so that a page asks once and not seventy times; the files stay as they are.

Each module becomes a function that is called once, in the order in which a browser runs modules, and hands out what it
exports. Only the forms that our scripts are written in are known; anything else is told, and no page is served with it.
"""

import posixpath
import re
from collections.abc import Callable, Sequence

IMPORT = re.compile(r'^import (?:\{ ([^}\n]+) \} from )?"(\.[^"\n]+)";', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:class|const|function|async function) (\w+))", re.MULTILINE)
UNKNOWN = re.compile(r"^(?:import|export)\b.*|\bimport\.meta\b|\bimport\(", re.MULTILINE)
AWAIT = re.compile(r"^await\b", re.MULTILINE)

Read = Callable[[str], str]


class Unlinkable(Exception):
    """A script is written in a form that linking does not know."""


def link(scripts: Sequence[str], read: Read) -> str:
    """Return scripts, and what they import, as one; raises Unlinkable, and what `read` raises.

    An error in one of them is reported as ever, and those after it run all the same.
    """
    modules: dict[str, str] = {}
    for script in scripts:
        add(script, modules, read, above=())
    names = {path: f"${number}" for number, path in enumerate(modules)}
    parts = [part(path, text, names, is_script=path in scripts) for path, text in modules.items()]
    return "\n".join(parts)


def add(path: str, modules: dict[str, str], read: Read, *, above: tuple[str, ...]) -> None:
    """Add a module after all that it imports."""
    if path in above:
        raise Unlinkable(f"{path} imports itself, by {' and '.join(above[above.index(path) + 1 :]) or 'itself'}")
    if path in modules:
        return
    text = read(path)
    for _, other in IMPORT.findall(text):
        add(beside(path, other), modules, read, above=(*above, path))
    modules[path] = text


def part(path: str, text: str, names: dict[str, str], *, is_script: bool) -> str:
    """Return one module as a statement that runs it."""
    exports = EXPORT.findall(text)
    body = EXPORT.sub("", IMPORT.sub(lambda found: taken(found, path, names), text))
    if strange := UNKNOWN.search(body):
        raise Unlinkable(f"{path}: {strange.group()}")
    waits = AWAIT.search(body) is not None
    if waits and not is_script:
        raise Unlinkable(f"{path} waits while it is imported")
    run = f"{'await (async ' if waits else '('}() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})()"
    name = names[path]
    if not is_script:
        return f"// {path}\nconst {name} = {run};"
    return f"// {path}\nlet {name};\ntry {{\n{name} = {run};\n}} catch (error) {{\nreportError(error);\n}}"


def taken(found: re.Match[str], path: str, names: dict[str, str]) -> str:
    """Return what stands in the place of an import."""
    wanted, other = found.groups()
    return f"const {{ {wanted.replace(' as ', ': ')} }} = {names[beside(path, other)]};" if wanted else ""


def beside(path: str, other: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), other))
