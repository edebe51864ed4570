import gzip

import pytest
import tinycss2

from wall.assets import folder
from wall.web.pages import static
from wall.web.static_files import StaticFiles


@pytest.fixture
def browser(site):
    return site.browser()


async def asked(browser, path, packed="gzip", **headers):
    return await browser.get(static(path), headers={"accept-encoding": packed, **headers})


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("css/base.css", "text/css; charset=utf-8"),
        ("js/live.js", "text/javascript; charset=utf-8"),
        ("img/icon.svg", "image/svg+xml"),
    ],
)
@pytest.mark.parametrize("packed", ["gzip", "identity"])
async def test_a_file_comes_whole_as_what_it_is_packed_or_not(browser, path, media_type, packed):
    answer = await asked(browser, path, packed)

    assert answer.content == (folder("static") / path).read_bytes()
    assert answer.headers["content-type"] == media_type
    assert answer.headers.get("content-encoding", "identity") == packed
    assert "Accept-Encoding" in answer.headers["vary"]


async def test_what_is_packed_is_the_file_and_smaller(browser, site):
    async with browser.stream("GET", static("css/base.css"), headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])

    whole = (folder("static") / "css/base.css").read_bytes()
    assert gzip.decompress(raw) == whole
    assert len(raw) == int(answer.headers["content-length"]) < len(whole)


async def test_a_font_is_packed_already(browser):
    (font,) = sorted(folder("static").rglob("*.woff2"))[:1]

    answer = await asked(browser, str(font.relative_to(folder("static"))))

    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "font/woff2"


async def test_who_has_it_is_told_so(browser):
    first = await asked(browser, "css/base.css")

    again = await asked(browser, "css/base.css", **{"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "immutable" in again.headers["cache-control"]


async def test_who_asks_for_the_head_is_told_how_long_it_is(browser):
    answer = await browser.head(static("css/base.css"), headers={"accept-encoding": "identity"})

    assert answer.content == b""
    assert int(answer.headers["content-length"]) == (folder("static") / "css/base.css").stat().st_size


@pytest.mark.parametrize(
    "path",
    [
        "css",
        "",
        "nothing.css",
        "..%2f..%2fpyproject.toml",
        "%2e%2e/pyproject.toml",
        "%2fetc%2fpasswd",
        "a%00.css",
        "x" * 5000,
        "css/base+nothing.css",
        "css/base+base.css",
        "css/base+../../pyproject.css",
        "linked/nothing.js",
        "linked/live+live.js",
        "linked/live",
        "linked/../../tests/js/x.js",
    ],
)
async def test_what_is_no_file_of_ours_is_not_found(browser, path):
    assert (await asked(browser, path)).status_code == 404


async def test_sheets_of_a_folder_come_as_one_in_the_order_in_which_they_are_asked_for(browser):
    answer = await asked(browser, "css/tokens+base.css")
    other = await asked(browser, "css/base+tokens.css")

    sheets = [(folder("static") / "css" / f"{name}.css").read_bytes() for name in ("tokens", "base")]
    assert answer.content == b"\n".join(sheets)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["etag"] != other.headers["etag"]


async def test_scripts_come_as_one_with_all_that_they_import(browser):
    answer = await asked(browser, "linked/elements/fit-text+screen.js")

    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.text.count("// js/elements/fit-text.js\n") == answer.text.count("// js/models/feed.js\n") == 1


async def test_only_so_many_rows_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("wall.web.static_files.MOST_JOINED", 2)
    for name in "abcd":
        (tmp_path / f"{name}.css").write_text(name)
    files = StaticFiles(tmp_path)

    found = [files.asset(f"{row}.css").body for row in ("a+b", "a+c", "a+d", "a+b")]

    assert found == [b"a\nb", b"a\nc", b"a\nd", b"a\nb"]
    assert len(files.joined) == 2


def test_every_sheet_ends_what_it_begins():
    """Else it would take the beginning of the next one with it."""
    sheets = [path.read_text(encoding="utf-8") for path in sorted(folder("static").rglob("*.css"))]

    rules = [len(rules_of(sheet)) for sheet in sheets]

    assert len(rules_of("\n".join(sheets))) == sum(rules)


def rules_of(sheet):
    return tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)


async def test_nothing_can_be_sent_there(browser):
    assert (await browser.post(static("css/base.css"))).status_code == 405
