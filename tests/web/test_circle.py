from dataclasses import replace

import pytest
from starlette.requests import Request

from tests.cast import NOW
from wall.core.circle import CircleRule
from wall.errors import NotTakingPart
from wall.web.participation import taking_part

PAGE = {"accept": "text/html"}


def token_of(page):
    return page.text.split("/circle/enter#")[1].split('"')[0]


async def test_members_propose_debate_decide_and_let_somebody_in(site, ana, ben, circle_path, proposal, event):
    assert (await ben.post(f"{proposal}/debate", data={"words": "Who is she?"})).status_code == 303
    during = (await ana.get(proposal)).text
    await ben.post(f"{proposal}/vote", data={"vote": "aye", "words": "Gladly."})
    after = (await ben.get(proposal)).text
    link = await ana.post(f"{proposal}/invitation")
    dora = site.browser(headers=PAGE)
    asked = await dora.post(f"{circle_path}/enter", data={"token": token_of(link)})
    entered = await dora.post(f"{circle_path}/enter", data={"token": token_of(link), "name": "Dora D."})

    assert "Who is she?" in during
    assert "She &lt;b&gt;asks&lt;/b&gt; well." in during
    assert "Gladly." not in during
    assert "Accepted" in after
    assert "Gladly." in after
    assert (asked.status_code, "Your name" in asked.text, 'value="Dora"' in asked.text) == (200, True, True)
    assert (entered.status_code, entered.headers["location"]) == (303, f"/{event.slug}")
    assert (await dora.get(f"/{event.slug}")).status_code == 200
    assert "Dora D." in (await ben.get(circle_path)).text
    assert "dora@x.example" not in (await ben.get(proposal)).text


async def test_how_others_voted_is_told_once_it_is_decided(ana, ben, proposal, store, event):
    await store.events.change(event.slug, lambda before: replace(before, circle=CircleRule(quorum=100)))

    page = (await ben.get(proposal)).text

    assert "Has voted" in page
    assert "circle__vote--aye" not in page


async def test_what_moved_is_marked_in_the_nav_until_it_is_read(ana, ben, proposal, event):
    before = (await ben.get(f"/{event.slug}")).text
    await ben.get(proposal)
    after = (await ben.get(f"/{event.slug}")).text

    assert 'class="live__news"' in before
    assert 'class="live__news"' not in after
    assert 'class="live__news"' not in (await ana.get(f"/{event.slug}")).text


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("vote", {"vote": "perhaps"}, "Choose how you vote."),
        ("vote", {"vote": "aye", "words": "x" * 501}, "At most 500"),
        ("debate", {"words": " "}, "Write something first."),
    ],
)
async def test_what_cannot_be_used_is_said_and_what_was_typed_is_kept(ben, proposal, path, data, words):
    answer = await ben.post(f"{proposal}/{path}", data=data)

    assert answer.status_code == 422
    assert words in answer.text
    assert data.get("words", "") in answer.text


async def test_a_proposal_without_a_reason_is_refused_beside_its_field(ana, circle_path):
    answer = await ana.post(f"{circle_path}/propose", data={"name": "Dora", "reason": ""})

    assert answer.status_code == 422
    assert 'aria-errormessage="proposal-reason-error"' in answer.text
    assert 'value="Dora"' in answer.text


async def test_a_second_vote_changes_nothing(ana, proposal):
    answer = await ana.post(f"{proposal}/vote", data={"vote": "nay"})

    assert answer.status_code == 422
    assert "You have voted already" in answer.text


async def test_only_who_proposed_withdraws_and_makes_the_link(ana, ben, proposal):
    assert (await ben.post(f"{proposal}/withdrawal")).status_code == 403
    assert (await ben.post(f"{proposal}/invitation")).status_code == 403
    assert (await ana.post(f"{proposal}/invitation")).status_code == 422  # not decided
    assert (await ana.post(f"{proposal}/withdrawal")).status_code == 303
    assert "Withdrawn" in (await ben.get(proposal)).text


async def test_a_link_made_anew_replaces_the_one_before(site, ana, ben, circle_path, proposal):
    await ben.post(f"{proposal}/vote", data={"vote": "aye"})
    first, second = [token_of(await ana.post(f"{proposal}/invitation")) for _ in range(2)]

    async def use(token):
        return (await site.browser(headers=PAGE).post(f"{circle_path}/enter", data={"token": token})).status_code

    assert (await use(first), await use(second)) == (403, 200)


async def test_nobody_comes_in_without_a_name(site, ana, ben, circle_path, proposal):
    await ben.post(f"{proposal}/vote", data={"vote": "aye"})
    token = token_of(await ana.post(f"{proposal}/invitation"))

    answer = await site.browser(headers=PAGE).post(
        f"{circle_path}/enter", data={"token": token, "name": " \u202e "}
    )

    assert answer.status_code == 422
    assert "Write your name" in answer.text


async def test_a_member_does_not_use_up_the_link_of_another(ana, ben, circle_path, proposal):
    await ben.post(f"{proposal}/vote", data={"vote": "aye"})
    token = token_of(await ana.post(f"{proposal}/invitation"))

    answer = await ana.post(f"{circle_path}/enter", data={"token": token, "name": "Ana again"})

    assert "You are a member already" in answer.text


async def test_somebody_of_the_staff_is_a_member_wherever_they_are_signed_in(
    site, ana, ben, circle_path, proposal, otto
):
    await ben.post(f"{proposal}/vote", data={"vote": "aye"})
    token = token_of(await ana.post(f"{proposal}/invitation"))
    first, second = [await site.browser_of(otto, headers=PAGE) for _ in range(2)]
    before = (await second.get(circle_path)).status_code

    await first.post(f"{circle_path}/enter", data={"token": token, "name": "Otto"})

    assert before == 403
    assert "You are in as <bdi>Otto</bdi>" in (await second.get(circle_path)).text


async def test_a_member_has_several_browsers_and_ends_one(site, ana, circle_path, store, event):
    link = await ana.post(f"{circle_path}/browsers")
    phone = site.browser(headers=PAGE | {"user-agent": "iPhone Safari/605"})
    await phone.post(f"{circle_path}/enter", data={"token": token_of(link)})
    assert "Safari on iPhone" in (await phone.get(circle_path)).text
    member = next(one for one in await store.members.all(event.slug) if one.name == "Ana")
    (id,) = [id for id, one in await store.ways_in.browsers(event.slug, member.id) if "iPhone" in one.words]

    await ana.post(f"{circle_path}/browsers/{id}/end")

    assert [(await browser.get(circle_path)).status_code for browser in (phone, ana)] == [403, 200]


async def test_who_leaves_sees_nothing_any_more(ana, circle_path, event):
    assert (await ana.post(f"{circle_path}/leaving")).status_code == 303

    assert (await ana.get(f"/{event.slug}")).status_code == 403


async def test_the_link_page_says_the_same_whatever_there_is(site):
    answers = [await site.browser(headers=PAGE).get(f"/{slug}/circle/enter") for slug in ("nothing-here", "other")]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text.replace("nothing-here", "other") for answer in answers}) == 1


async def test_nobody_tries_links_without_end(site, circle_path):
    browser = site.browser(address="192.0.2.99", base="https://127.0.0.1", headers=PAGE)
    answers = [await browser.post(f"{circle_path}/enter", data={"token": "x"}) for _ in range(21)]

    assert "used already" in answers[0].text
    assert "That was a lot" in answers[-1].text


# Taking part


async def test_a_member_takes_part_as_the_same_one_in_all_their_browsers(site, store, event, people_of):
    circle = await store.events.get(event.slug)
    member = next(one for one in await store.members.all(event.slug) if one.name == "Ana")
    token = await store.ways_in.own_link(event.slug, member.id, now=NOW)
    secrets = [
        people_of[0].cookies[f"circle-{event.slug}"],
        await store.ways_in.enter(event.slug, token, name="", browser="Safari", now=NOW),
    ]

    seen = [await taking_part(request_of(site, event, secret), circle) for secret in secrets]

    assert seen[0] == seen[1]
    assert seen[0].name == "Ana"
    assert member.id not in seen[0].id
    with pytest.raises(NotTakingPart):
        await taking_part(request_of(site, event, "none"), circle)


def request_of(site, event, secret):
    return Request(
        {
            "type": "http",
            "scheme": "http",
            "client": ("127.0.0.1", 1),
            "headers": [(b"host", b"127.0.0.1"), (b"cookie", f"circle-{event.slug}={secret}".encode())],
            "state": dict(site.services),
            "path_params": {"slug": event.slug},
        }
    )
