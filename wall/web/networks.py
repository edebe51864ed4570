"""What people call the kinds of sources, where a post says which way it came."""

from wall.core.words import _

NETWORKS = {
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "nostr": "Nostr",
    "feed": _("Web feed"),
    "form": _("Written here"),
    "webhook": _("Webhook"),
    "irc": "IRC",
    "matrix": "Matrix",
    "announcement": _("Announcement"),
    "misskey": "Misskey",
    "telegram": "Telegram",
    "slack": "Slack",
    "sms": _("By text"),
    "mail": _("E-mail"),
    "page": _("Web page"),
    "blog": _("From the team"),
    "question": _("Asked here"),
    "answer": _("The wall"),
    "back-channel": _("From a private conversation, with the consent of all who are quoted"),
}
