import pytest

from tests.sources.single.web import Web, read
from wall.errors import InvalidPost, SourceError
from wall.sources.single import page

ADDRESS = "https://blog.example/talk?x=1#top"
HERE = "https://blog.example/talk?x=1"


async def post_of(html, **options):
    web = Web()
    web.page(HERE, html, **options)
    return await read(page.read, web, ADDRESS)


async def test_a_page_is_what_it_says_of_itself():
    post = await post_of(
        '<html lang="de-AT"><head><title>Ignored</title>'
        '<meta property="og:title" content="A talk"><meta property="og:description" content="About #PyConDE &amp; us">'
        '<meta property="og:site_name" content="The Blog"><meta property="og:image" content="/a.png">'
        '<meta property="og:image:alt" content="A hall">'
        '<meta property="article:published_time" content="2026-11-20T10:00:00Z">'
        '<link rel="canonical" href="/talk">'
    )

    assert post.text == "A talk\n\nAbout #PyConDE & us"
    assert (post.uid, post.url) == ("page:https://blog.example/talk", "https://blog.example/talk")
    assert (post.author.name, post.author.handle) == ("The Blog", "blog.example")
    assert [(one.url, one.alt) for one in post.media] == [("https://blog.example/a.png", "A hall")]
    assert [tag.key for tag in post.tags] == ["pyconde"]
    assert (post.language, post.created_at.day) == ("de-AT", 20)


async def test_a_plain_page_has_a_title_and_its_own_address():
    post = await post_of("<title> A  talk </title><p>More")

    assert (post.text, post.uid, post.author.name) == ("A talk", f"page:{HERE}", "blog.example")


async def test_nothing_of_a_page_is_shown_as_markup():
    post = await post_of('<meta property="og:description" content="&lt;script&gt;alert(1)&lt;/script&gt;">')

    assert post.text == "<script>alert(1)</script>"


async def test_the_page_of_a_post_of_the_fediverse_is_one_with_that_post():
    post = await post_of(
        '<title>Mia</title><link rel="alternate" type="application/activity+json" href="/notes/1">'
    )

    assert post.uid == "ap:https://blog.example/notes/1"


async def test_a_page_is_not_believed_about_another_host():
    post = await post_of(
        '<title>Mia</title><link rel="canonical" href="https://good.example/1">'
        '<link rel="alternate" type="application/activity+json" href="https://good.example/notes/1">'
        '<meta property="og:image" content="javascript:alert(1)">'
    )

    assert (post.uid, post.media) == (f"page:{HERE}", ())


async def test_letters_are_read_as_the_page_says_they_are_written():
    html = '<meta charset="windows-1252"><title>Grüße</title>'.encode("windows-1252")

    assert (await post_of(html, content_type="text/html")).text == "Grüße"


async def test_a_charset_that_there_is_not_breaks_nothing():
    assert (await post_of(b"<meta charset=undefined><title>Hi</title>", content_type="text/html")).text == "Hi"


async def test_a_page_that_says_nothing_of_itself_is_refused_in_words():
    with pytest.raises(InvalidPost, match="says nothing of itself"):
        await post_of("<p>Hello")


async def test_what_is_no_page_is_refused():
    with pytest.raises(SourceError, match="application/pdf"):
        await post_of("%PDF", content_type="application/pdf")


@pytest.mark.thorough
async def test_a_bomb_of_tags_is_cut():
    post = await post_of(
        "<div>" * 50_000 + '<meta name="description" content="Deep">' + "<meta name=a content=b>" * 9000
    )

    assert post.text == "Deep"


async def test_other_than_web_addresses_are_nobodys():
    assert await read(page.read, Web(), "nostr:x") is None
