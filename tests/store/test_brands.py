from tests.cast import NOW
from wall.core.audit import Entry, Filter
from wall.core.brand import Brand

BRAND = Brand(theme="night", css=".rail{color:red}")


async def test_an_event_without_a_brand_has_the_usual_one(store, event):
    assert await store.brands.get(event.slug) == Brand()


async def test_a_brand_is_kept_noted_and_told_to_screens(store, event):
    entry = Entry(kind="settings", by="o", by_name="Olga", at=NOW, about="the look of screens")

    await store.brands.put(event.slug, BRAND, now=NOW, entry=entry)

    assert await store.brands.get(event.slug) == BRAND
    tip = await store.feeds.tip(event.slug, "public")
    (told,) = await store.feeds.after(event.slug, "public", tip.offset - 1, limit=1)
    assert told.kind == "arranged"
    assert [one.about for one in (await store.audit.page(event.slug, Filter(), limit=9))[0]] == [entry.about]


async def test_a_brand_is_one_event_s_own(store, event):
    await store.brands.put(event.slug, BRAND, now=NOW)

    assert await store.brands.get(f"{event.slug}-other") == Brand()
