import re
import subprocess

import pytest

from wall.assets import folder
from wall.web.linking import Unlinkable, link

PAGES = re.compile(r"""set page = ["'](\w+)["']""")
TWO = {
    "js/page.js": 'import { told, say as tell } from "./models/words.js";\nimport "./last.js";\n\ntell("page");\nconsole.log(told.join(" "));\n',
    "js/scene.js": 'import { say } from "./models/words.js";\n\nsay("scene");\n',
    "js/last.js": 'import { say } from "./models/words.js";\n\nsay("last");\n',
    "js/models/words.js": "export const told = [];\n\nexport function say(word) {\n  told.push(word);\n}\n",
}


def pages():
    """Every script that a template names for its page."""
    return sorted(
        {name for path in folder("templates").rglob("*.html") for name in PAGES.findall(path.read_text())}
    )


def said(script):
    """Return what a module prints, run by node."""
    script = "globalThis.reportError = (error) => console.log(error.message);\n" + script
    run = subprocess.run(
        ["node", "--input-type=module", "-"], input=script, capture_output=True, text=True, check=False
    )
    return (run.stdout + run.stderr).split()


def test_each_module_runs_once_and_in_the_order_of_a_browser():
    assert said(link(["js/scene.js", "js/page.js"], TWO.__getitem__)) == ["scene", "last", "page"]


def test_names_of_one_module_are_not_those_of_another():
    files = TWO | {"js/last.js": 'const told = ["mine"];\nconsole.log(told.length);\n'}

    assert said(link(["js/page.js"], files.__getitem__)) == ["1", "page"]


def test_a_script_that_fails_is_reported_and_takes_no_other_with_it():
    files = TWO | {"js/scene.js": 'throw new Error("broken");\n'}

    assert said(link(["js/scene.js", "js/page.js"], files.__getitem__)) == ["broken", "last", "page"]


def test_a_page_may_wait_while_it_begins():
    files = TWO | {"js/scene.js": 'await null;\nconsole.log("waited");\n'}

    assert said(link(["js/scene.js", "js/page.js"], files.__getitem__)) == ["waited", "last", "page"]


@pytest.mark.parametrize(
    "text",
    [
        "export default 7;",
        'export * from "./words.js";',
        "export let changing = 7;",
        'import all from "./words.js";',
        'const late = import("./words.js");',
        "const here = import.meta.url;",
        "await null;",
        'import "../page.js";',
    ],
)
def test_what_is_written_otherwise_is_named_and_not_linked(text):
    with pytest.raises(Unlinkable, match=r"js/models/words\.js"):
        link(["js/page.js"], (TWO | {"js/models/words.js": text}).__getitem__)


@pytest.mark.parametrize("page", pages())
def test_every_page_has_a_script_that_can_be_linked(page):
    script = link([f"js/{page}.js"], lambda path: (folder("static") / path).read_text(encoding="utf-8"))

    assert "\nimport " not in script
    assert "\nexport " not in script
