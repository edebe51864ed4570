"""What a source of each kind reads in the tests, each one file: two good posts, one with a picture, and a broken one.

A peer is left as it is entered; `make` makes a source that reads it, `asked` counts how often it was asked, and
`refuse` has it refuse the source for good. What a network can do besides, its peer can too, and is held to then:

* `add(text)` writes another post, `edit(text)` changes the first one's words, and `delete` deletes it;
* `reply(text)` answers the first post without a hashtag, and `make(to_ask=posts, …)` then asks about these;
* `amplify()` has people pass them on, two of whom everybody may be told of, and returns their uids;
* `limit(seconds)` has it ask for that much patience, and `shut` answer with a web page and status 200.

One that `asks` is of a network that is asked about each post. One with `only_words` shows no pictures, or not by the addresses that others give.
"""

from importlib import import_module

from wall.sources.replies import Pace

PACE = Pace(look=(0.02, 0.03), pause=(0.0, 0.01), longest_wait=0.1)
KINDS = {
    "bluesky": "bluesky:BlueskyPeer",
    "discord": "discord:DiscordPeer",
    "feed": "feed:FeedPeer",
    "irc": "irc:IrcPeer",
    "mail": "mail:MailPeer",
    "mastodon": "mastodon:MastodonPeer",
    "misskey": "misskey:MisskeyPeer",
    "matrix": "matrix:MatrixPeer",
    "nostr": "nostr:NostrPeer",
    "replay": "replay:ReplayPeer",
    "telegram": "telegram:TelegramPeer",
    "threads": "threads:ThreadsPeer",
    "x": "x:XPeer",
}
PICTURE, ALT = "https://x.example/1.png", "a cat on a chair"


def peer_class(kind):
    module, name = KINDS[kind].split(":")
    return getattr(import_module(f"{__name__}.{module}"), name)


def able(*abilities):
    """Return the kinds whose networks can do all this."""
    return [kind for kind in KINDS if all(hasattr(peer_class(kind), one) for one in abilities)]


def with_pictures():
    """Return the kinds that bring pictures."""
    return [kind for kind in KINDS if not getattr(peer_class(kind), "only_words", False)]
