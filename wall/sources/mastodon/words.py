"""What a server's refusals mean for the organiser, and what to do about them."""

from collections.abc import Sequence

from wall.errors import SourceError
from wall.sources.mastodon.server import Server
from wall.sources.places import listed

NEW_TOKEN = "Make a new one there under Preferences → Development, with the permission read:statuses."  # noqa: S105


def explained(server: Server, error: SourceError, *, live: bool = False) -> SourceError:
    """Return the error in words that say which permission is missing; other errors stay as they are."""
    words = refusal(server.host, error.status, has_token=bool(server.headers))
    if live and error.status in (400, 404, 410):
        words = f"{server.host} has no live stream ({error.status}); posts come a few seconds later."
    elif words is None:
        return error
    elif live:
        words += " Until then posts come a few seconds later."
    return SourceError(words, permanent=True, retry_after=error.retry_after, status=error.status)


def own_posts_only(host: str) -> str:
    return f"{host} shows strangers the posts of its own people only; for all it knows of, add a token."


def silence(host: str, hashtags: Sequence[str]) -> str:
    """Return in words that the live stream of a server brings nothing of these hashtags."""
    tags = listed([f"#{hashtag}" for hashtag in hashtags])
    return f"The live stream of {host} stays silent for {tags}; posts come by polling."


def refusal(host: str, status: int | None, *, has_token: bool) -> str | None:
    if status == 401 and has_token:
        return f"{host} does not accept the token (401): it is wrong or was withdrawn. {NEW_TOKEN}"
    if status == 403 and has_token:
        return f"{host} does not let this token read (403): it lacks the permission read:statuses. {NEW_TOKEN}"
    if status in (401, 403, 422) and not has_token:
        return (
            f"{host} shows hashtags to its own people only ({status}): add a token, which any account there can make "
            "under Preferences → Development or Settings → Applications, or name another server."
        )
    if status == 422:
        return f"{host} wants the token of a person, not of an application alone (422). {NEW_TOKEN}"
    if status in (404, 410):
        return f"{host} has no hashtag timeline ({status}): it seems not to be a server of the Mastodon kind."
    return None
