"""Letters that hide, pile up, turn the line around, pass for others or never end."""

import re
import unicodedata

import pytest
import pytest_asyncio

from tests.attacks.strangers import by_every_road, by_mastodon, by_phone, by_webhook, named
from tests.attacks.watch import Watch
from tests.browser.wall import HALL, PHONE
from tests.cast import NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import Author
from wall.core.rules import Chain, Facts, Rule, judge
from wall.core.text import NAME_GRAPHEMES, clean_name

LETTERS = {
    "an override": "\u202egnp.exe",
    "embeddings left open": "Mia \u202a\u202b\u2066\u2067\u2068",
    "marks that pile up": "Z" + "\u0337\u0360\u0321" * 100 + "algo",
    "nothing to see": "M\u200bi\u200d\u2060a\ufeff\u180e",
    "tags": "Mia\U000e0041\U000e0042",
    "a blank name": "\u3164\u2800\u115f",
    "halves of letters": "\ud800Mia\udfff",
    "controls": "M\x00i\x1ba\x07\x7f\x9b",
    "one long word": "W" * 200,
    "long ligatures": "\ufdfd" * 80,
    "a family without end": "👨‍👩‍👧‍👦‍" * 60,
    "very many lines": "a\n" * 1_000,
    "from right to left": "שלום 123 שלום",
}
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2060\u180e\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\u3164\u2800\u115f\U000e0000-\U000e0fff]"
)
PILE = re.compile("[\u0300-\u036f]{3}")
SPONSOR = "Initech"
PASSING_FOR = ["Ｉｎｉｔｅｃｈ", "Іnitech", "I n i t e c h", "1n1t3ch", "Ínítèch", "𝓘𝓷𝓲𝓽𝓮𝓬𝓱", "İnitech"]
OVERFLOW = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
HANGING_OUT = """root => [...document.querySelectorAll(root)].flatMap(post => {
    const box = post.getBoundingClientRect()
    return [...post.querySelectorAll('.post__who, .post__text, .post__foot, .post__warning')]
        .filter(part => part.getBoundingClientRect().right > box.right + 1)
        .map(part => `${part.className}: ${part.textContent.trim().slice(0, 30)}`)
})"""
SET_APART = "elements => elements.map(element => getComputedStyle(element).unicodeBidi)"
ORDER = "element => element.getBoundingClientRect().left"


def troublesome(words):
    """Return what in these words cannot be seen, or piles up."""
    return UNSEEN.findall(words) + PILE.findall(unicodedata.normalize("NFD", words))


def test_the_look_at_words_finds_what_hides_and_what_piles_up():
    harmless = {"one long word", "long ligatures", "a family without end", "very many lines", "from right to left"}

    assert {name for name, words in LETTERS.items() if not troublesome(words)} == harmless


async def test_by_no_road_come_letters_that_hide_or_pile_up(event):
    for post in await by_every_road(list(enumerate(LETTERS.values())), event, NOW):
        said = [post.author.name, post.author.handle, post.text, post.content_warning or ""]
        said += [media.alt or "" for media in post.media] + [post.language or ""]
        assert [troublesome(words) for words in said] == [[]] * len(said), post.uid
        assert post.author.name.strip()
        assert post.text.count("\n") <= 60


@pytest.mark.parametrize("road", [by_webhook, by_phone, by_mastodon])
def test_ten_megabytes_are_a_name_like_any_other(event, road):
    post = named(road, "N" * 10_000_000, event)

    assert len(post.author.name) == NAME_GRAPHEMES
    assert post.author.name.endswith("…")
    assert len(post.author.uid) < 1000


@pytest.mark.parametrize("name", PASSING_FOR)
def test_a_rule_on_a_sponsor_s_name_sees_who_passes_for_it(event, name):
    rule = Rule(id="sponsor", kind="words", entries=(SPONSOR,), places=("name",))
    author = Author(uid="a", handle="@x@y.example", name=clean_name(f"{name} Press"))

    verdict = judge(event, Chain((rule,)), a_post(author=author), Facts(), trusted=True, now=NOW)

    assert SPONSOR.casefold() not in author.name.casefold()
    assert verdict.rule == "sponsor"


# In front of people


@pytest_asyncio.fixture(loop_scope="session")
async def crowd(room):
    """Posts of everybody with such letters: half of them wait, half are on the wall."""
    posts = await by_every_road(list(enumerate(LETTERS.values())), room.event, room.hall.time)
    await room.take_in(posts[::2], Verdict())
    await room.take_in(posts[1::2], Verdict(status=Status.APPROVED))


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("size", [{"viewport": HALL}, PHONE], ids=["hall", "phone"])
async def test_no_page_is_wider_than_its_window(room, crowd, chromium, size):
    async with Watch.opened(chromium, **size) as watch:
        for page in (await room.live(watch), await room.desk(watch), await room.screen(watch)):
            await page.wait_for_load_state("networkidle")
            width, window = await page.evaluate(OVERFLOW)
            assert width <= window, page.url
            assert await page.evaluate(HANGING_OUT, "article.post") == [], page.url


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.asyncio(loop_scope="session")
async def test_the_look_at_a_page_finds_what_hangs_out(guarded):
    page = await guarded.context.new_page()
    long, words = "W" * 400, LETTERS["one long word"]
    await page.set_content(
        f"<article class=post style=width:9em><p class=post__text>{words}</p><p class=post__foot style=width:99em>{long}</p></article>"
    )

    width, window = await page.evaluate(OVERFLOW)

    assert width > window
    assert len(await page.evaluate(HANGING_OUT, "article.post")) == 1


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.asyncio(loop_scope="session")
async def test_every_name_is_set_apart_from_what_stands_beside_it(room, crowd, guarded):
    for page in (await room.live(guarded), await room.desk(guarded), await room.screen(guarded)):
        names = page.locator(".post__author, .post__handle, .row__author, .post__warning > *")
        assert await names.count() > 3
        assert set(await names.evaluate_all(SET_APART)) == {"isolate"}, page.url


@pytest.mark.browser
@pytest.mark.thorough
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("name", ["\u202eMia", "\u202bMia \u05d0", "שלום \u202e"])
@pytest.mark.parametrize(("element", "turned"), [("span", True), ("bdi", False)])
async def test_only_what_is_set_apart_turns_nothing_around(guarded, name, element, turned):
    page = await guarded.context.new_page()
    await page.set_content(
        f"<p><{element} class=name>{name}</{element}> <{element} class=handle>@mia</{element}> said</p>"
    )

    left_of_name = await page.locator(".name").evaluate(ORDER)
    left_of_handle = await page.locator(".handle").evaluate(ORDER)

    assert (left_of_name > left_of_handle) == turned
