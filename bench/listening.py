"""What listening costs: posts weighed in a second by one core, language and mood, beside VADER alone. See README.md."""

import argparse
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from random import Random
from statistics import median

from bench.figures import machine, table
from wall.core.lesson import Example, Lesson, learn
from wall.core.spoken import spoken
from wall.core.tongue import tongues
from wall.listening.ear import Ear

AMONG = tongues((), "en")
POSTS = (
    "The wifi in the main hall is down again, can somebody please have a look? #PyConEx https://x.example/wifi",
    "@ana@social.example loved your talk, thank you so much! 🎉 #PyConEx",
    "Queue for coffee goes around the block, and no badge yet. Not happy. #PyConEx",
    "Hyvää huomenta kaikille, tänään puhutaan avoimesta datasta #PyConEx",
    "Der Vortrag über Barrierefreiheit war wirklich gelungen, vielen Dank an alle #PyConEx",
    "Slides: https://x.example/slides #PyConEx #python",
    "Not what I expected, but great in the end: the panel took every question from the room, and the moderator was "
    "brilliant. I would come again for this alone, even though the chairs were awful and the room far too cold. #PyConEx",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds, contestants in turn (7)")
    parser.add_argument("--posts", type=int, default=5_000, help="posts a round and contestant (5000)")
    options = parser.parse_args()
    ear, texts = Ear(), posts(options.posts)
    lesson = taught(ear, texts[:300])
    contestants: dict[str, Callable[[str], object]] = {
        "VADER alone": ear.lexicon.polarity_scores,
        "listening, language said": lambda text: ear.mood(text, "en", AMONG),
        "listening, language to be told": lambda text: ear.mood(text, None, AMONG),
        "the same, by what was learned": lambda text: ear.mood(text, None, AMONG, lesson),
    }
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    for _round in range(options.rounds):
        for name, weigh in contestants.items():
            rates[name].append(rate(weigh, texts))
    print(machine())
    alone = median(rates["VADER alone"])
    rows = [[name, f"{median(all_):,.0f}", f"{median(all_) / alone:.2f}"] for name, all_ in rates.items()]
    print(table(["", "posts/s", "of VADER alone"], rows))


def posts(number: int) -> list[str]:
    random = Random(1)
    return [f"{text} {random.randrange(1_000)}" for text in islice(cycle(POSTS), number)]


def taught(ear: Ear, texts: Sequence[str]) -> Lesson:
    """Return what is learned where moderators call every other kind of post unhappy, so that words tell them apart."""
    kinds = (POSTS.index(text.rpartition(" ")[0]) % 2 == 0 for text in texts)
    words = map(spoken, texts)
    lesson = learn([Example(one, ear.sounds(one), kind) for one, kind in zip(words, kinds, strict=True)])
    if lesson is None or not lesson.better:
        raise SystemExit("Nothing was learned, so that cannot be measured.")
    return lesson


def rate(weigh: Callable[[str], object], texts: Sequence[str]) -> float:
    began = time.process_time()
    for text in texts:
        weigh(text)
    return len(texts) / (time.process_time() - began)


if __name__ == "__main__":
    main()
