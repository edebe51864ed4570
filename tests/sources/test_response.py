from datetime import UTC, datetime

import pytest

from wall.errors import SourceError
from wall.sources.response import Response, refused, retry_after

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def response(body, charset="utf-8"):
    return Response(
        status=200, url="https://a.example/x", headers={}, body=body, content_type="text/plain", charset=charset
    )


def test_a_body_is_read_as_json():
    assert response(b'\xef\xbb\xbf{"a": [1, "\\ud83d\\ude00"]}').json() == {"a": [1, "😀"]}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"a":', b"\xff\xfe", b"NaN", b"[Infinity]", b"[" * 100_000, b"1" * 10_000]
)
def test_what_is_not_json_is_an_error_in_words(body):
    with pytest.raises(SourceError, match="not JSON"):
        response(body).json()


def test_a_lone_surrogate_becomes_the_replacement_character_and_spares_the_rest():
    value = response(rb'[{"name": "a\uD800b"}, {"name": "\ud83d\ude00"}]').json()

    assert value == [{"name": "a�b"}, {"name": "😀"}]


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("Grüße".encode(), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "iso-8859-1", "Grüße"),
        (b"a\xffb", "utf-8", "a�b"),
        (b"plain", "no-such-charset", "plain"),
        (b"plain", "base64", "plain"),
    ],
)
def test_text_is_decoded_as_the_server_names_it_and_never_fails(body, charset, text):
    assert response(body, charset).text() == text


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (400, True),
        (401, True),
        (403, True),
        (404, True),
        (408, False),
        (410, True),
        (422, True),
        (425, False),
        (429, False),
        (500, False),
        (503, False),
        (599, False),
    ],
)
def test_a_refusal_says_whether_trying_again_can_help(status, permanent):
    error = refused(status, "a.example", {}, NOW)

    assert error.permanent is permanent
    assert "a.example" in error.message
    assert str(status) in error.message


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"retry-after": "30"}, 30.0),
        (503, {"retry-after": "Sun, 22 Nov 2026 12:02:00 GMT"}, 120.0),
        (429, {"x-ratelimit-reset": "2026-11-22T12:05:00.000000Z"}, 300.0),
        (429, {"x-ratelimit-reset": str(int(NOW.timestamp()) + 60)}, 60.0),
        (429, {"retry-after": "5", "x-ratelimit-reset": "2026-11-22T12:05:00Z"}, 5.0),
        (503, {"x-ratelimit-reset": "2026-11-22T12:05:00Z"}, None),
        (429, {"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0.0),
        (429, {"retry-after": "999999999"}, 86_400.0),
        (429, {"retry-after": "9" * 400}, None),
        (429, {"retry-after": "soon"}, None),
        (429, {"retry-after": "-5"}, None),
        (429, {"retry-after": "٣"}, None),
        (429, {}, None),
    ],
)
def test_the_wait_a_server_asks_for_is_understood(status, headers, seconds):
    assert retry_after(status, headers, NOW) == seconds
