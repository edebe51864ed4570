"""That the payloads bite, and the browser notices: in pages that escape nothing."""

import pytest

from tests.attacks.scripts import PAYLOADS
from tests.attacks.watch import CARELESS
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

TRY = """pages => pages.forEach(([number, page]) => {
    const frame = document.createElement('iframe')
    frame.srcdoc = page
    frame.onload = () => {
        const links = frame.contentDocument?.querySelectorAll('a, button') ?? []
        frame.contentDocument?.querySelectorAll('[autofocus]').forEach(field => field.focus())
        links.forEach(link => link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})))
        const ours = frame.contentDocument?.getElementById('ours')
        if (ours && frame.contentDocument.elementFromPoint(5, 5) !== ours) pwn(number)
    }
    document.body.append(frame)
})"""


async def test_every_payload_bites_where_nothing_is_escaped(unguarded):
    page = await unguarded.context.new_page()
    await page.goto(CARELESS)

    await page.evaluate(TRY, [[one.number, one.careless_page] for one in PAYLOADS])

    await until(lambda: {one.number for one in PAYLOADS} <= unguarded.bitten, seconds=15)
