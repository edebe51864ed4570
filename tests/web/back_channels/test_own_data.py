"""What is kept of somebody who talks in private: all their words for themselves, a number for moderators."""

import json
import zipfile
from io import BytesIO

from tests.web.back_channels.conftest import SECRET_WORDS


async def taken_away(browser, path):
    """Return what a file says, and as it was written."""
    answer = await browser.get(path)
    assert answer.status_code == 200
    text = zipfile.ZipFile(BytesIO(answer.content)).read("data.json").decode()
    return json.loads(text), text


async def test_private_words_are_in_a_person_s_own_file_and_a_moderator_s_says_how_many_threads(
    event, ana, ben, mia_there, post, thread
):
    await ana.say(thread, SECRET_WORDS)
    await ben.say(thread, "These are of Ben")

    own, text = await taken_away(ana.browser, f"/{event.slug}/join/mine.zip")
    theirs, told = await taken_away(mia_there.browser, f"/{event.slug}/moderate/authors/{post}/file")

    assert SECRET_WORDS in [one["text"] for one in own["private_messages"]]
    assert "of Ben" not in text
    assert theirs["private_threads"]["number"] == 1
    assert "“Take part”" in theirs["private_threads"]["words"]
    assert not [word for word in (SECRET_WORDS, thread, "Ben") if word in told]
