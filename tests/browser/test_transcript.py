"""A transcript as people open it: the page from a file, with no network, and captions beside a video."""

from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.browser.axe import wrong_with
from tests.browser.wall import now
from tests.cast import a_post
from tests.chats import show
from tests.pictures import plain
from wall.core.post import Media

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

CUES = """
text => new Promise((told, failed) => {
  const video = document.createElement("video");
  const track = document.createElement("track");
  track.kind = "captions";
  track.src = URL.createObjectURL(new Blob([text], { type: "text/vtt" }));
  track.addEventListener("error", failed);
  track.addEventListener("load", () => told([...track.track.cues].map(cue => {
    const shown = cue.getCueAsHTML();
    return [cue.startTime, cue.endTime, shown.textContent, shown.querySelector("[title]")?.title];
  })));
  video.append(track);
  document.body.append(video);
  track.track.mode = "showing";
})
"""


async def test_what_was_said_is_read_from_a_stick_and_beside_a_video(wall, windows, chromium, event, tmp_path):
    await wall.store.events.change(event.slug, lambda before: replace(before, transcript="names"))
    picture = await wall.acceptor.pictures.keep_bytes(plain(), kind="photo")
    media = (Media(kind="image", url="https://x.example/a.png", picture=picture, alt="A bridge"),)
    words = ("Look <b>here</b> --> and\n\nthere & everywhere", "مرحبا بالجميع 🎉")
    first, second = (replace(a_post(text), created_at=now(), received_at=now()) for text in words)
    await show(wall.store, event, replace(first, media=media), second, now=now())
    visitor = await windows.page(f"{wall.url}/{event.slug}/transcript")
    async with visitor.expect_download() as download:
        await visitor.get_by_role("button", name="HTML").click()
    file = tmp_path / (await download.value).suggested_filename
    await (await download.value).save_as(file)
    captions = await visitor.request.get(f"{wall.url}/{event.slug}/transcript.vtt")

    page = await chromium.new_page()
    asked_for = []
    page.on("request", lambda request: asked_for.append(request.url.partition(":")[0]))
    await page.goto(file.as_uri())
    await expect(page.get_by_text("Look <b>here</b> --> and")).to_be_visible()
    assert await page.get_by_role("img", name="A bridge").evaluate("image => image.decode().then(() => true)")
    assert await page.evaluate("document.fonts.load('16px \"Noto Sans Arabic\"', 'م').then(faces => faces.length)")
    assert await wrong_with(page) == []
    assert set(asked_for) <= {"file", "data"}
    await page.goto("about:blank")
    cues = await page.evaluate(CUES, await captions.text())
    await page.close()

    assert [cue[3] for cue in cues] == ["Alice", "Alice"]
    assert cues[0][2] == "Alice Look <b>here</b> --> and\nthere & everywhere\n[Picture: A bridge]"
    assert cues[1][2] == "Alice مرحبا بالجميع 🎉"
    assert all(ends > begins >= 0 for begins, ends, *_said in cues)
