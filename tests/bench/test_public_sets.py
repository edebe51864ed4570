import io
import tarfile

from bench.insight.public_sets import SETS, Judged
from bench.insight.sentiment import macro_f1, of_negative

FILES = {
    "deep/twitter-test-gold-B.tsv": "1\t2\tnegative\tno wifi\\u002c again\n1\t2\tneutral\tNot Available\n",
    "Tweets.csv": "text,airline_sentiment\nlate again,negative\nlate again,negative\nthanks,positive\n",
    "GOP_REL_ONLY.csv": "text,sentiment\rbad,Negative\rso so,Neutral\r",
    "judge-1377884607_tweet_product_company.csv": (
        "tweet_text,is_there_an_emotion_directed_at_a_brand_or_product\n"
        "broken,Negative emotion\nslides,No emotion toward brand or product\nhm,I can't tell\n"
    ),
}


def test_every_set_is_found_by_its_name_and_read(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, newline="")
    with tarfile.open(tmp_path / "hutto_ICWSM_2014.tar.gz", "w:gz") as archive:
        data = b"1\t-2.1\tsad\n2\t0.1\tso\n"
        member = tarfile.TarInfo("hutto_ICWSM_2014/tweets_GroundTruth.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))

    found = {one.name: one.found(tmp_path) for one in SETS}

    assert found == {
        "SemEval 2013": [Judged("no wifi, again", "negative")],
        "VADER's own": [Judged("sad", "negative"), Judged("so", "neutral")],
        "airlines": [Judged("late again", "negative"), Judged("thanks", "positive")],
        "SXSW 2011": [Judged("broken", "negative"), Judged("slides", "neutral")],
        "#GOPDebate": [Judged("bad", "negative"), Judged("so so", "neutral")],
    }


def test_a_set_that_is_not_there_is_none(tmp_path):
    assert [one.found(tmp_path) for one in SETS] == [None] * len(SETS)


def test_the_measures_are_those_of_the_books():
    truth = ["negative", "negative", "neutral", "positive"]
    guessed = ["negative", "neutral", "neutral", "positive"]

    assert of_negative(truth, guessed) == (1.0, 0.5)
    assert round(macro_f1(truth, guessed), 4) == round((2 / 3 + 2 / 3 + 1) / 3, 4)
