"""Posts that come in other programs' own ways, through the door of each."""

from urllib.parse import urlencode

import pytest

from tests.cast import NOW
from tests.sources import test_sms as sms
from tests.sources.slack import test_source as slack
from wall.core.source import SourceSettings


@pytest.fixture
async def sources(store, event):
    for settings in (slack.SETTINGS, sms.SETTINGS):
        await store.sources.save(
            event.slug, SourceSettings(id=settings.kind, kind=settings.kind, options=settings.options)
        )


@pytest.fixture
def program(site):
    program = site.browser()
    del program.headers["sec-fetch-site"]
    return program


@pytest.fixture
def by_slack(program, event):
    async def send(body, **headers):
        return await program.post(
            f"/{event.slug}/posts/slack", content=body, headers=slack.signed(body, at=NOW) | headers
        )

    return send


@pytest.fixture
def by_text(program, event):
    async def send(**change):
        said = sms.TEXT | change
        path = f"/{event.slug}/posts/sms"
        url = str(program.base_url.join(path))
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "x-twilio-signature": sms.signature(sms.TOKEN, url, list(said.items())).decode(),
        }
        return await program.post(path, content=urlencode(said), headers=headers)

    return send


async def count(store, event):
    return sum((await store.posts.counts(event.slug)).values())


async def test_slack_s_question_for_the_address_is_answered_in_words_it_wants(sources, by_slack):
    answer = await by_slack(b'{"type": "url_verification", "challenge": "abc"}')

    assert (answer.status_code, answer.text) == (200, "abc")


async def test_a_message_that_slack_sends_again_is_one_post(sources, store, event, by_slack):
    first = await by_slack(slack.called_back())
    second = await by_slack(
        slack.called_back(), **{"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    )

    assert (first.status_code, second.status_code) == (200, 200)
    assert await count(store, event) == 1
    assert (await store.sources.health(event.slug, "slack")).posts == 1


async def test_what_was_set_aside_is_told_at_the_source(sources, store, event, by_slack):
    await by_slack(slack.called_back(text=""))

    health = await store.sources.health(event.slug, "slack")
    assert (health.set_aside, health.posts) == (1, 0)
    assert "files" in health.reasons[0].words


async def test_a_text_is_taken_in_and_twilio_is_told_to_say_nothing(sources, store, event, by_text):
    answer = await by_text()

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")
    assert await count(store, event) == 1


async def test_what_is_signed_for_one_door_is_not_let_in_by_another(sources, store, event, program):
    body = slack.called_back()

    answer = await program.post(f"/{event.slug}/posts/sms", content=body, headers=slack.signed(body, at=NOW))

    assert answer.status_code in (403, 422)
    assert await count(store, event) == 0


@pytest.mark.parametrize("dialect", ["slack", "pigeon", "join"])
async def test_a_door_that_nobody_opened_is_none(event, program, dialect):
    answer = await program.post(f"/{event.slug}/posts/{dialect}", content=b"{}")

    assert answer.status_code == 404
