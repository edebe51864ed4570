from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.imapd import letter
from tests.sources.world import EVENT, NOW
from wall.core.post import SourceRef
from wall.core.text import TEXT_GRAPHEMES
from wall.errors import InvalidPost
from wall.sources.mail.message import parse_mail

ARRIVED = '"22-Nov-2026 10:30:00 +0100"'
HTML_LETTER = "Content-Type: text/html; charset=utf-8"


def read(raw, *, key="secret", everything=True, arrived=ARRIVED):
    return parse_mail(
        raw,
        arrived=arrived,
        key=key,
        everything=everything,
        event=EVENT,
        source=SourceRef(id="one", kind="mail"),
        now=NOW,
    )


def parts(*bodies, kind="alternative"):
    inner = "".join(f"--frontier\r\n{body}\r\n" for body in bodies)
    return letter(f"{inner}--frontier--", f'Content-Type: multipart/{kind}; boundary="frontier"')


PLAIN_PART = "Content-Type: text/plain; charset=utf-8\r\n\r\nIn plain"
HTML_PART = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>In <b>HTML</b></p>"
PICTURE_PART = "Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\nxyz"


def test_a_mail_is_a_post_by_its_sender():
    post = read(letter("What a talk https://x.example #PyConDE", subject="Hello"))

    assert post.text == "Hello\nWhat a talk https://x.example #PyConDE"
    assert [span.kind for span in post.spans] == ["link", "tag"]
    assert (post.author.name, post.url) == ("Mia Muster", None)
    assert post.created_at == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_anybody_could_have_sent_it_in_this_name():
    assert read(letter()).forgeable


@pytest.mark.parametrize(
    "sender",
    [
        "mia@home.example",
        "<MIA@home.example>",
        '"mia@home.example" <mia@home.example>',
        '"(mia＠home.example)" <mia@home.example>',
        "=?utf-8?b?bWlhQGhvbWUuZXhhbXBsZQ==?= <mia@home.example>",
        "mia@home.example (mia@home.example)",
    ],
)
def test_an_address_is_nobody_s_name(sender):
    assert read(letter(sender=sender)).author.name == "By e-mail"


def test_the_address_is_neither_shown_nor_kept():
    post = read(letter("Write to Mia@Home.example, mia@home.example", subject="mia@home.example"))

    assert "home.example" not in repr(post).lower()


def test_who_writes_again_is_the_same_author_and_others_are_not():
    first, again, other = (
        read(letter(sender=sender)).author.uid
        for sender in ("Mia <mia@home.example>", "Someone <MIA@HOME.example>", "Mia <zed@home.example>")
    )

    assert first == again
    assert first != other
    assert first != read(letter(), key="another").author.uid


def test_a_mail_that_is_read_again_is_the_same_post_and_one_with_a_stolen_id_is_not():
    post = read(letter())

    assert post.uid == read(letter()).uid
    assert post.uid != read(letter(sender="Zed <zed@home.example>")).uid
    assert post.uid != read(letter(number=2)).uid


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("=?iso-8859-1?q?J=FCrgen?=", "Jürgen"),
        ("=?utf-8?b?5bGx55Sw?= =?utf-8?b?5aSq6YOO?=", "山田太郎"),
        ("Jürgen", "Jürgen"),
        ("\u202eMia", "Mia"),
        ("=?nonsense?q?J=FCrgen?=", "Jürgen"),
    ],
)
def test_names_are_read_in_every_script(name, shown):
    assert read(letter(sender=f"{name} <mia@home.example>")).author.name == shown


@pytest.mark.parametrize("subject", ["Re: Hello", "AW: Hello", "Fwd: Hello", "RE[2]: Hello", "回复：Hello", ""])
def test_the_subject_of_an_answer_is_not_repeated(subject):
    assert read(letter("Yes", subject=subject)).text == "Yes"


@pytest.mark.parametrize(
    ("subject", "text"), [("Recap", "Recap\nYes"), ("Yes", "Yes"), ("=?utf-8?q?J=C3=A4?=", "Jä\nYes")]
)
def test_the_subject_comes_first_unless_the_words_begin_with_it(subject, text):
    assert read(letter("Yes", subject=subject)).text == text


def test_words_alone_in_the_subject_are_a_post():
    assert read(letter("", subject="Hello #PyConDE")).text == "Hello #PyConDE"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (parts(PLAIN_PART, HTML_PART), "In plain"),
        (parts(HTML_PART, PLAIN_PART), "In plain"),
        (parts(HTML_PART), "In HTML"),
        (parts(PICTURE_PART, PLAIN_PART, kind="mixed"), "In plain"),
        (parts("Content-Type: text/plain\r\n\r\n  ", HTML_PART), "In HTML"),
        (letter("<p>In <i>HTML</i></p>", HTML_LETTER), "In HTML"),
        (letter("J=C3=A4=\r\nger", "Content-Transfer-Encoding: quoted-printable"), "Jäger"),
        (letter(b64encode("日本".encode("shift_jis")).decode(), "Content-Type: text/plain; charset=shift_jis",
                "Content-Transfer-Encoding: base64"), "日本"),
        (letter("J=E4ger", "Content-Type: text/plain; charset=x-unknown",
                "Content-Transfer-Encoding: quoted-printable"), "Jäger"),
        (letter("Jäger", "Content-Type: text/plain; charset=us-ascii"), "Jäger"),
        (letter("What \r\na talk", "Content-Type: text/plain; format=flowed"), "What a talk"),
    ],
)  # fmt: skip
def test_words_are_found_and_decoded(raw, text):
    assert read(raw).text == text


def test_attached_text_is_no_post():
    attached = "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nA list"

    assert read(parts(attached, HTML_PART, kind="mixed")).text == "In HTML"


def test_a_mail_cut_off_in_the_middle_says_what_came():
    raw = letter("word " * 20_000, 'Content-Type: text/plain; charset="utf-8"')

    assert len(read(raw[:5000]).text) > 1000
    assert len(read(raw).text) <= TEXT_GRAPHEMES


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner=x",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "List-Id: <talk.lists.example>",
        "List-Unsubscribe: <https://x.example>",
        "Return-Path: <>",
        "X-Spam-Flag: YES",
        "Content-Type: multipart/report; report-type=delivery-status",
    ],
)
def test_what_a_program_sent_is_passed_over(header):
    assert read(letter("I am away", header)) is None


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@x.example", "no-reply@x.example", "bounces+1=a@x.example"])
def test_what_a_machine_s_address_sent_is_passed_over(sender):
    assert read(letter(sender=sender)) is None


def test_who_says_that_no_program_sent_it_is_believed():
    assert read(letter("Yes", "Auto-Submitted: no")).text == "Yes"


def test_a_mail_without_the_hashtag_belongs_to_the_event_where_all_do():
    assert [tag.key for tag in read(letter("Hello")).tags] == ["pyconde"]
    assert read(letter("Hello"), everything=False).tags == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff\xfe",
        letter(""),
        letter("> only quoted"),
        letter(sender=""),
        letter(sender="Nobody"),
        letter(sender="(" * 5000),
        letter("x", "Content-Type: multipart/encrypted; boundary=x"),
        letter('Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' * 5000),
        letter("Content-Type: message/rfc822\r\n\r\n" * 5000, "Content-Type: message/rfc822"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_words(raw):
    with pytest.raises(InvalidPost) as refused:
        read(raw)

    assert refused.value.message


@pytest.mark.parametrize(
    "arrived", ["", '"nonsense"', '"40-Nov-2026 10:30:00 +0100"', '"01-Jan-0001 00:00:00 +1400"']
)
def test_a_time_that_is_none_is_refused(arrived):
    with pytest.raises(InvalidPost):
        read(letter(), arrived=arrived)


def test_a_mail_from_the_future_arrived_now():
    assert read(letter(), arrived='" 1-Dec-2026 10:30:00 +0100"').created_at == NOW


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "zlib_codec", "unicode_escape", "utf-7", "../etc", "x" * 999]
)
def test_a_charset_that_is_none_harms_nobody(charset):
    assert (
        read(letter("\\ud800 +2AA- a", f"Content-Type: text/plain; charset={charset}")).text == "\\ud800 +2AA- a"
    )


@given(st.binary(max_size=300), st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(head, body):
    try:
        post = read(b"From: a@b.example\r\n" + head + b"\r\n\r\n" + body)
    except InvalidPost:
        return
    assert post is None or repr(post).encode()
