"""What is heard comes into the ledger, and a moderator's word before the guess."""

from tests.cast import NOW, a_post
from wall.core.ledger import UNSCORED
from wall.core.moderation import Verdict
from wall.core.mood import Word
from wall.core.spoken import spoken, words_hash
from wall.counting import Counter
from wall.insight.ledgers import Ledgers
from wall.listening.listener import Listener
from wall.store.submission import Submission


async def test_the_ledger_has_moods_and_a_moderators_word_wins(store, event, ear):
    texts = "The wifi is terrible", "I hate this queue", "Tämä jono on kamala ja liian pitkä"
    posts = [a_post(text) for text in texts]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    counter = Counter(store)
    await counter.count(event.slug)  # before anybody listened
    await Listener(store, ear).listen(event)
    words = words_hash(spoken(texts[1]))
    word = Word(says="not unhappy", by="mia", by_name="Mia", at=NOW, words=words)
    await store.moods.say(event.slug, posts[1].id, word)

    await counter.count(event.slug)

    rows = (await Ledgers(store, seconds=0).get(event.slug)).rows
    moods = {id.decode(): int(mood) for id, mood in zip(rows["id"], rows["mood"], strict=True)}
    assert moods[posts[0].id] < 0
    assert (moods[posts[1].id], moods[posts[2].id]) == (0, UNSCORED)
