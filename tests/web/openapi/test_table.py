"""Every route that speaks JSON is promised to programs, or internal for a reason; and answers are as promised."""

import ast
import inspect
import re
import textwrap
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.cast import ALICE, NOW, a_post
from tests.web.test_access import MAY, MODERATOR, ORGANISER, STRANGER
from wall.core.api_key import PACES, WITHOUT_KEY
from wall.core.moderation import Verdict
from wall.core.post import Media, Remark
from wall.store.submission import Submission
from wall.web.decisions import DecisionForm
from wall.web.openapi import bodies, schemas
from wall.web.openapi.document import document
from wall.web.openapi.internal import INTERNAL
from wall.web.openapi.table import OPERATIONS
from wall.web.routes import routes
from wall.web.views import post_json

RANKED = (STRANGER, MODERATOR, ORGANISER)
ROLES = {"viewer": STRANGER, "moderator": MODERATOR, "organiser": ORGANISER}
NOT_JSON = {"picture"}


def speaks_json(endpoint):
    """Tell whether a route's function, or one that it calls of the web's, makes JSON."""
    seen, functions = set(), [endpoint]
    while functions:
        function = functions.pop()
        if function in seen:
            continue
        seen.add(function)
        if makes_json(function):
            return True
        functions += called(function)
    return False


def makes_json(function):
    return any(word in source_of(function) for word in ("JSONResponse", "application/json"))


@cache
def source_of(function):
    return textwrap.dedent(inspect.getsource(function))


@cache
def called(function):
    """Return the functions of the web's that a function names, as themselves or as parts of a module."""
    known = function.__globals__
    named = []
    for node in ast.walk(ast.parse(source_of(function))):
        if isinstance(node, ast.Name):
            named.append(known.get(node.id))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = known.get(node.value.id)
            named.append(getattr(module, node.attr, None) if inspect.ismodule(module) else None)
    return [one for one in named if inspect.isfunction(one) and one.__module__.startswith("wall.web")]


@cache
def rows():
    return {
        f"{method} {route.path}"
        for route in routes()
        if inspect.isfunction(getattr(route, "endpoint", None)) and speaks_json(route.endpoint)
        for method in (getattr(route, "methods", None) or ())
        if method != "HEAD"
    }


def internal(row):
    """Return what the table says of a row that is no promise."""
    return [
        one for named in INTERNAL.values() for one in named
        if row == one or (one.endswith("…") and row.startswith(one[:-1]))
    ]  # fmt: skip


def test_every_route_that_speaks_json_is_promised_or_internal_for_a_reason():
    promised = {one.row for one in OPERATIONS}

    assert {row for row in rows() - promised if len(internal(row)) != 1} == set()
    assert promised - rows() == {one.row for one in OPERATIONS if one.id in NOT_JSON}


def test_nothing_is_internal_that_is_no_route_or_is_promised():
    found = {one for row in rows() for one in internal(row)}

    assert {one for named in INTERNAL.values() for one in named} == found
    assert [one.row for one in OPERATIONS if internal(one.row)] == []


def test_what_is_promised_is_open_to_whom_the_document_says():
    lowest = {one.id: next(role for role in RANKED if role in MAY[one.row]) for one in OPERATIONS if MAY[one.row]}

    assert lowest == {one.id: ROLES[one.role] for one in OPERATIONS if one.role} | {"picture": MODERATOR}


def test_the_document_names_every_operation_once():
    ids = [one["operationId"] for path in document()["paths"].values() for one in path.values()]

    assert sorted(ids) == sorted(one.id for one in OPERATIONS)


async def test_the_document_and_its_page_are_for_everybody(site):
    browser = site.browser(headers={"accept": "text/html"})

    answer = await browser.get("/openapi.json")
    page = await browser.get("/api")

    assert answer.json() == msgspec.json.decode(msgspec.json.encode(document(), enc_hook=str))
    for one in OPERATIONS:
        assert f'id="{one.id}"' in page.text


@pytest.fixture
async def full(store, event):
    """How a post stands that has something of everything."""
    photo = Media(
        kind="image",
        url="https://x.example/a.png",
        problem="It is gone.",
        description=Remark(text="A bridge", by="mia", by_name="Mia", at=NOW),
    )
    post = a_post("See https://x.example/ #PyConEx", media=(photo,), language="en", content_warning="Heights")
    await store.posts.submit(event.slug, [Submission(post, Verdict(hints=("Look twice.",)))], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def test_a_post_has_the_fields_of_its_type_and_no_others(event, full):
    given = post_json(event.slug, full)

    assert set(given) == set(schemas.Post.__struct_fields__)
    assert set(given["author"]) == set(schemas.Author.__struct_fields__)
    assert set(given["media"][0]) == set(schemas.Media.__struct_fields__)
    assert msgspec.convert(given, schemas.Post, strict=True).author.name == ALICE.name


async def test_a_queue_has_the_fields_of_its_type_and_no_others(browser, event, full):
    answer = (await browser.get(f"/{event.slug}/moderate/queue")).json()

    assert set(answer) == set(schemas.Queue.__struct_fields__)
    assert set(answer["posts"][0]) == set(schemas.Queued.__struct_fields__)
    assert msgspec.convert(answer, schemas.Queue).posts[0].hints == ["Look twice."]


async def test_a_decision_has_the_fields_that_are_read(decide, full):
    answer = (await decide("approve", full)).json()

    assert set(answer) == set(schemas.Decided.__struct_fields__)
    assert DecisionForm.__struct_fields__ == bodies.Decision.__struct_fields__


def test_every_example_of_the_docs_is_a_promised_operation():
    text = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    examples = re.findall(r"^    (curl .*?)'?https://wall.example.org(/[^\s?']+)", text, re.MULTILINE)
    asked = {
        f"{'POST' if ' -d ' in command else 'GET'} {path.replace('my-event', '{slug}')}"
        for command, path in examples
    }

    assert len(examples) == text.count("    curl ")
    assert asked <= {one.row for one in OPERATIONS}


@pytest.mark.parametrize("role", PACES)
def test_the_docs_say_the_pace_of_every_role(role):
    text = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    name = "reader" if role == "viewer" else role

    assert re.search(rf"^\| {name} \|.*\| {PACES[role]} \|$", text, re.MULTILINE)
    assert f"have {WITHOUT_KEY} requests in a minute" in text
