async def test_who_asks_the_author_talks_with_them_once_they_agree(ana, ben, post):
    thread, _ = await ben.begin(post)
    early = await ben.say(thread, "Hello?")

    await ana.accept()
    await ben.say(thread, "Hello Ana")

    assert early.status_code == 422
    assert "Hello Ana" in await ana.page(f"/{thread}")
    assert "Hello?" not in await ana.page(f"/{thread}")
