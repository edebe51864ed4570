"""Posts that came in just now, as lines of a recording: several scripts, pictures of several shapes, names too long."""

from collections.abc import Iterator
from typing import Any

LONG_NAME = "Working Group on Accessible Timetables, Broken Lifts and Honest Departure Boards (Northern Section)"

# kind | handle | name | face | language | pictures | text
POSTS = """
mastodon|@anouk@fedi.example.com|Anouk Delacroix|15|en||Arash, please thank your mother from all of us in row nine. {tag}
mastodon|@dele@social.example|Dele Okonkwo|38|en||So which number would you cache first? Mine would be the midwife too. {tag}
bluesky|@freya.sky.example|Freya Nordström|21|en||Camille and Arash should give one talk together next year. {tag}
form||Row 4||||midwife, bread, one page on the door. that is the whole architecture
mastodon|@wen@people.example.net|文静|30|en||Camille’s town has a tree for every three people, and the best ones were in no database. {tag}
mastodon|@ines@tram.example.org|Inês Carvalho|44|en||I keep thinking of the midwife’s number. {tag}
mastodon|@kofi@tram.example.org|Kofi Mensah|12|en||Is anybody recording the hallway track? Asking for everyone who had to choose between two rooms. {tag}
mastodon|@board@people.example.net|{long}|41|en||Lift 3 at the depot works again. We timed it: forty-one seconds, door to door. {tag} #a11y
mastodon|@hinata@social.example|佐藤ひなた|33|ja||「オフラインはエラーではない」。停電の多い町で育った私には、この一言で十分です。{tag}
form||Len, cloakroom|||badge|someone left their badge and their speech here. the speech is very good
nostr|sunil@relay.example|सुनील वर्मा|19|hi||हर पेड़ को छूकर गिना गया। अब मैं अपनी गली के पेड़ों को नाम से जानता हूँ। {tag}
mastodon|@layla@saltmere.example|ليلى حدّاد|25|ar||أجمل ما سمعته اليوم: «الورق نسخة احتياطية ممتازة، لكنها بطيئة». {tag}
bluesky|@mei.sky.example|Mei-Ling Okafor|52|en|whiteboard|Four groups, one whiteboard, no winners: the map of everything that still works when the network is gone. {tag}
mastodon|@tomasz@fedi.example.com|Tomasz Wiśniewski|46|pl||Policzyliśmy drzewa na naszej ulicy. Wyszło o jedno więcej niż w zeszłym roku. 🌳 {tag}
mastodon|@ruthie@tram.example.org|Ruth Ashdown|29|en||The city will publish every tree, every lift and every lamp by March. You heard it here, so hold me to it. {tag}
bluesky|@nadia.sky.example|Nadia Ferhat|07|fr|tram|Le tram 9 sort du dépôt pour la première fois depuis 1994, et il est à l’heure. {tag}
"""
SECONDS_APART = 11


def examples(hashtag: str, last: float) -> Iterator[dict[str, Any]]:
    """Yield the posts in the order they came, the last one at that second of the recording."""
    rows = [[field.strip() for field in line.split("|")] for line in POSTS.strip().splitlines()]
    for place, (kind, handle, name, face, language, pictures, text) in enumerate(rows, 1):
        named = name.format(long=LONG_NAME)
        yield {
            "at": last - SECONDS_APART * (len(rows) - place),
            "op": "post",
            "kind": kind,
            "id": f"example-{place}",
            "author": {
                "id": f"{kind}:{handle or named}",
                "name": named,
                "handle": handle,
                "avatar": f"rehearsal:avatar-{face}" if face else None,
            },
            "text": text.format(tag=f"#{hashtag}"),
            "language": language,
            "media": [{"url": f"rehearsal:{one}", "alt": None} for one in pictures.split()],
        }
