import re
from dataclasses import replace

from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from tests.cast import NOW
from tests.transcripts import NASTY, a_head, a_line, a_section, told
from wall.core.post import Author, Media, Picture
from wall.core.programme import Session
from wall.core.transcript.page import KEPT, Page

PICTURE = Picture("a" * 32, 40, 30)


def page(*lines, section=None, **head):
    return LexborHTMLParser(told(Page, a_head(**head), *lines, section=section))


def test_a_post_is_an_entry_of_a_feed():
    found = page(a_line("Hello", key="a", post={"url": "https://social.example/1", "language": "en"}))

    entry = found.css_first(".h-feed .h-entry#pa")
    assert entry.css_first(".p-author.h-card .p-name").text() == "Alice"
    assert entry.css_first(".p-nickname").text() == "@alice@social.example"
    assert entry.css_first("time.dt-published").attributes["datetime"] == "2026-06-12T09:30:00.000Z"
    assert entry.css_first("time").text() == "11:30"
    assert entry.css_first("a.u-url").attributes["href"] == "https://social.example/1"
    assert entry.css_first(".e-content").attributes | {"class": ""} == {"class": "", "dir": "auto", "lang": "en"}


def test_it_needs_no_other_file_and_no_script():
    text = told(Page, a_head(), a_line())
    found = LexborHTMLParser(text)

    policy = found.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert "default-src 'none'" in policy
    assert not found.css("script, link, iframe, object, img")
    assert "@import" not in text


def test_what_answers_a_post_stands_within_it():
    found = page(
        a_line("One", key="a"),
        a_line("Two", key="b", answers="a", answered="Alice", depth=1),
        a_line("Three", key="c", answers="b", answered="Alice", depth=2),
        a_line("Four", key="d"),
    )

    assert [one.id for one in found.css(".posts > li > article")] == ["pa", "pd"]
    assert [one.id for one in found.css(".posts > li > .answers > li > .answers > li > article")] == ["pc"]
    assert found.css_first("#pb data.u-in-reply-to").attributes["value"] == "#pa"


def test_who_answers_at_another_time_says_whom_and_leads_there():
    found = page(a_line(key="b", answers="a", answered="Alice"))

    assert found.css_first("a.u-in-reply-to").attributes["href"] == "#pa"
    assert found.css_first("a.u-in-reply-to").text() == "answers Alice"


def test_a_deep_thread_without_its_beginning_is_a_page_all_the_same():
    found = page(a_line("One", depth=3), a_line("Two", depth=9), a_line("Three"))

    assert len(found.css(".h-entry")) == 3
    assert len(found.css(".posts > li")) == 2


def test_a_covered_post_is_opened_by_hand():
    found = page(
        a_line("From the top", post={"content_warning": "Heights"}), a_line("Skin", post={"sensitive": True})
    )

    assert [one.text() for one in found.css("details > summary")] == [
        "Heights",
        "Marked as sensitive by its author",
    ]
    assert not found.css("details[open]")
    assert found.css_first("details .e-content").text() == "From the top"


def test_pictures_are_where_their_bytes_go_and_say_what_they_show():
    media = (
        Media(kind="image", url="https://x.example/a", picture=PICTURE, alt='A "bridge"'),
        Media(kind="video", url="https://x.example/b", alt="Rain"),
    )

    text = told(Page, a_head(), a_line(post={"media": media}, kept=frozenset({PICTURE.id})))

    assert KEPT.findall(text) == [PICTURE.id]
    found = LexborHTMLParser(text)
    assert found.css_first("img").attributes["alt"] == 'A "bridge"'
    assert found.css_first(".post__unseen").text() == "Picture: Rain"
    assert "x.example" not in text


def test_a_picture_that_is_left_out_is_told_in_words():
    media = (Media(kind="image", url="https://x.example/a", picture=PICTURE, alt="A bridge"),)

    found = page(a_line(post={"media": media}))

    assert found.css_first(".post__unseen").text() == "Picture: A bridge"
    assert not found.css("img")


def test_sections_have_headings_and_a_list_of_them():
    talk = Session(id="talk", title="Bridges", starts=NOW, room="Hall 1")
    sections = (a_section(sessions=(talk,)), replace(a_section(), number=2, opens_day=False))

    found = page(a_line(), section=sections[0], sections=sections)

    assert found.css_first("h2.day").text() == "2026-06-12"
    assert found.css_first("h3.session").text() == "Bridges"
    assert [one.text() for one in found.css(".contents a")] == ["Bridges", "Between sessions"]
    assert found.css_first(".contents a").attributes["href"] == "#s1"


def test_it_runs_from_right_to_left_in_arabic():
    assert page(language="ar").css_first("html").attributes == {"lang": "ar", "dir": "rtl"}


@given(text=NASTY, name=NASTY)
def test_whatever_is_said_makes_no_element_and_no_picture(text, name):
    usual = {node.tag for node in page(a_line("Hi\n\nyou\nthere", post={"content_warning": "x"})).root.traverse()}
    author = Author(uid="x", handle="", name=name)

    told_of_it = told(Page, a_head(title=name), a_line(text, post={"author": author, "content_warning": name}))

    assert KEPT.findall(told_of_it) == []
    assert {node.tag for node in LexborHTMLParser(told_of_it).root.traverse()} <= usual
    assert len(re.findall("<style", told_of_it)) == len(re.findall("</style", told_of_it)) == 1
