from wall.core.trust import BY_HAND, Trust


async def test_trust_is_given_and_taken_back(store, event, waiting, ask):
    author = waiting.post.author.uid

    given = await ask("trust", {"post": waiting.post.id, "trusted": True})
    trusted = await store.authors.trusts(event.slug, [author])
    await ask("trust", {"post": waiting.post.id, "trusted": False})

    assert given.json() == {"author": author, "trusted": True}
    assert trusted == [Trust(by="Mia")]
    assert await store.authors.trusts(event.slug, [author]) == [Trust(against=(BY_HAND,))]


async def test_a_desk_loaded_anew_knows_who_is_trusted_now(store, event, browser, waiting, ask):
    before = (await browser.get(f"/{event.slug}/moderate/feed")).json()["cards"][0]["card"]

    await ask("trust", {"post": waiting.post.id, "trusted": True})

    after = (await browser.get(f"/{event.slug}/moderate/feed")).json()["cards"][0]["card"]
    assert before != after
