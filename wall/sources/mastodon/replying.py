"""Answers the wall gives at a Mastodon server, as the account whose token it has."""

from collections.abc import Mapping
from urllib.parse import urlencode

from wall.core.answering import Sent
from wall.core.link import safe_href
from wall.errors import SourceError
from wall.sources.mastodon.status import alias
from wall.sources.payload import mapping, mappings, string
from wall.sources.replying import Reply, mentioned
from wall.sources.servers import host_of

REFUSED = (401, 403)
MAKE_ONE = "Its token needs the permission write:statuses; make one that has it, and put it into the source."


async def send(options: Mapping[str, str], reply: Reply) -> Sent:
    """Post a reply; raises SourceError in words."""
    server = options["token_server"]
    headers = {"authorization": f"Bearer {options['token']}"}
    form = {
        "status": f"{mentioned(reply.to)} {reply.words}",
        "in_reply_to_id": await local_id(server, headers, reply),
        "visibility": "public",
    }
    try:
        answer = await reply.fetch.post(
            f"{server}/api/v1/statuses",
            form=form,
            headers={**headers, "idempotency-key": reply.key},
            accept=("application/json",),
        )
    except SourceError as error:
        raise in_words(error, server) from error
    status = mapping(answer.json())
    uri = string(status, "uri")
    if not uri:
        raise SourceError(f"{host_of(server)} took the reply, but does not say where it is.")
    url = safe_href(string(status, "url")) or safe_href(uri) or ""
    return Sent(uid=f"ap:{uri}", url=url, by_name=reply.by_name, at=reply.at)


async def local_id(server: str, headers: Mapping[str, str], reply: Reply) -> str:
    """Return the server's own id of the post that is answered, fetched there if the server has not heard of it."""
    begins = alias(host_of(server), "")
    known = next((one.removeprefix(begins) for one in reply.to.aliases if one.startswith(begins)), None)
    if known:
        return known
    query = urlencode({"q": reply.to.uid.removeprefix("ap:"), "type": "statuses", "resolve": "true", "limit": "1"})
    try:
        answer = await reply.fetch.get(
            f"{server}/api/v2/search?{query}", headers=headers, accept=("application/json",)
        )
    except SourceError as error:
        raise in_words(error, server) from error
    found = [string(one, "id") for one in mappings(mapping(answer.json()).get("statuses"))]
    if not found or not found[0]:
        raise SourceError(f"{host_of(server)} cannot find this post, so it cannot reply to it. Answer by hand.")
    return found[0]


def in_words(error: SourceError, server: str) -> SourceError:
    if error.status in REFUSED:
        return SourceError(
            f"{host_of(server)} does not let us write. {MAKE_ONE}", permanent=True, status=error.status
        )
    return error
