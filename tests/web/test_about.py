from dataclasses import replace

import pytest

from tests.cast import ALICE, NOW, a_decision, a_post
from wall.core.leaving import leave_code
from wall.core.moderation import Verdict
from wall.core.source import SourceSettings
from wall.store.submission import Submission
from wall.web.about import KEPT


@pytest.fixture
def read(site, event):
    async def read():
        site.later(seconds=KEPT.total_seconds() + 1)
        return (await site.browser().get(f"/{event.slug}/about")).text

    return read


async def a_waiting(store, event, **fields):
    post = a_post(**fields)
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def test_the_page_says_what_is_shown_and_what_is_not_and_why(store, event, approved, read):
    listed = replace(a_decision("reject", await a_waiting(store, event)), reason="Advertising", listed=True)
    own = replace(a_decision("reject", await a_waiting(store, event)), reason="Words for one author")
    for decision in (listed, own):
        await store.posts.decide(event.slug, decision, now=NOW)
    withdrawn = await a_waiting(store, event)
    await store.posts.withdraw(event.slug, withdrawn.post.uid, now=NOW)

    page = await read()

    assert "<dt>On the wall</dt><dd>1</dd>" in page
    assert "<dt>Not shown</dt><dd>2</dd>" in page
    assert "<dt>Withdrawn by their authors</dt><dd>1</dd>" in page
    assert '<th scope="row" dir="auto">Advertising</th><td>1</td>' in page
    assert '<th scope="row" dir="auto">Without a reason from the list</th><td>1</td>' in page
    assert "Words for one author" not in page


async def test_the_page_has_the_rules_the_host_the_mode_and_the_code(store, event, read):
    await store.events.change(
        event.slug,
        lambda event: replace(event, house_rules="Be kind.\n\nNo <b>selling</b>.", host="Olga, olga@x.example"),
    )

    page = await read()

    assert "Be kind.</p>" in page
    assert "No &lt;b&gt;selling&lt;/b&gt;." in page
    assert "Olga, olga@x.example" in page
    assert "Every post waits until a moderator has read it." in page
    assert f"#PyConEx leave-{leave_code(await store.screens.secret(event.slug))}" in page


async def test_a_source_that_only_another_version_knows_keeps_nobody_from_leaving(store, event, read):
    await store.sources.save(event.slug, SourceSettings(id="t1", kind="telepathy"))
    await store.sources.save(event.slug, SourceSettings(id="n1", kind="nostr"))

    page = await read()

    assert "Nostr" in page
    assert "telepathy" not in page


async def test_a_change_of_the_rules_is_on_the_page_at_once(site, store, event, read):
    await read()
    await store.events.change(event.slug, lambda event: replace(event, house_rules="New rule."))

    assert "New rule." in (await site.browser().get(f"/{event.slug}/about")).text


async def test_many_who_ask_within_seconds_cost_one_count(site, store, event, monkeypatch):
    counted = []
    tally = type(site.store.posts).tally

    async def count(self, slug):
        counted.append(slug)
        return await tally(self, slug)

    monkeypatch.setattr(type(site.store.posts), "tally", count)
    answers = [await site.browser().get(f"/{event.slug}/about") for _ in range(5)]

    assert counted == [event.slug]
    assert answers[0].headers["cache-control"] == "public, max-age=5"


async def test_posts_that_never_came_in_are_counted(store, event, read):
    await store.absences.leave(event.slug, ALICE.uid, at=NOW)
    await a_refused(store, event)

    assert "1 post whose author left this wall" in await read()


async def a_refused(store, event):
    assert not await store.posts.submit(event.slug, [Submission(a_post(), Verdict())], now=NOW)


async def test_the_live_page_and_the_phone_page_lead_there(site, store, event):
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))

    pages = [(await site.browser().get(f"/{event.slug}{path}")).text for path in ("", "/join")]

    assert all(f'href="/{event.slug}/about"' in page for page in pages)


async def test_the_page_of_a_post_tells_its_author_how_to_remove_it(site, event, approved):
    page = (await site.browser().get(f"/{event.slug}/post/{approved.post.id}")).text

    assert f"#PyConEx remove-{approved.post.id}" in page
