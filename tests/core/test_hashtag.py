import csv
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wall.core.hashtag import LONGEST_TAG, extract, parse_hashtags, tagkey
from wall.errors import InvalidInput

FIXTURES = Path(__file__).parent.parent / "fixtures" / "mastodon"


def mastodon_forms():
    with (FIXTURES / "hashtag_normalised_ruby31.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


@pytest.mark.parametrize(("raw", "newer", "older"), mastodon_forms())
def test_a_tag_has_the_key_of_what_mastodon_makes_of_it(raw, newer, older):
    assert tagkey(raw)
    assert tagkey(raw) == tagkey(newer) == tagkey(older)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PyConDE", "pyconde"),
        ("#PyConDE", "＃pyconde"),
        ("café", "CAFE"),
        ("cafe\u0301", "café"),
        ("Köln", "koln"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("ｐｙｃｏｎ", "pycon"),
        ("ﾊﾟｲｿﾝ", "パイソン"),
        ("می\u200cخواهم", "میخواهم"),
        ("il·lusió", "illusio"),
        ("Øredev", "oredev"),
        ("Łódź", "lodz"),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
        ("हिन्दी", "हिनदी"),
        ("ســـلام", "سلام"),
        ("سَلَام", "سلام"),
        ("ผู้เริ่ม", "ผูเริม"),
        ("Tiếng", "tieng"),
        ("👩🏽\u200d🚀", "👩\u200d🚀"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_two_spellings_are_one_tag(one, other):
    assert tagkey(one) == tagkey(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("が", "か"),
        ("py_con", "pycon"),
        ("हिन्दी", "हनद"),
        ("ё", "е"),
        ("Köln", "koeln"),
        ("pycon26", "pycon27"),
        ("🐍", "🦀"),
    ],
)
def test_two_tags_are_not_one(one, other):
    assert tagkey(one) != tagkey(other)


@pytest.mark.parametrize(
    "raw", ["", "#", "＃", " ", "!?", "\u200d", "\u3164", "\uffa0", "a" * 101, "é" * 101, "a" * 10_000_000]
)
def test_what_is_no_tag_has_no_key(raw):
    assert tagkey(raw) == ""


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "Mn"]), max_size=20))
@example("Ŀ𞀀")
def test_a_key_is_its_own_key(text):
    keys = [tagkey(raw) for _, _, raw in extract(f"#{text}")]

    assert [tagkey(key) for key in keys] == keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Where a tag may begin.
        ("#wall", ["wall"]),
        ("at the #wall now", ["wall"]),
        ("(#one)#two [#three]#four", ["one", "two", "three", "four"]),
        ("a ✌#wall, a ✌\ufe0f#wall, a 👨\u200d👩\u200d👧#wall, a ✌🏿#wall, 1\ufe0f\u20e3#wall", ["wall"] * 5),
        ("…#wall ¿#wall “#wall”", ["wall"] * 3),
        ("できました！#日本語 ＃日本", ["日本語", "日本"]),
        ("C# and issue#12 and a_#b", []),
        ("&#39; &#x27; &#wall", []),
        ("日本語#タグ", []),
        ("é#wall ที่#wall हि#wall", []),
        ("#a#b", ["a"]),
        ("##a ＃#a", []),
        ("host.example/#wall https://host.example/#wall http://host.example/?a=b#wall", []),
        # Where it ends.
        ("#one, #two. #three! #four? #five: #six;", ["one", "two", "three", "four", "five", "six"]),
        ("#PyCon's", ["PyCon"]),
        ("#py-con", ["py"]),
        ("#one\n#two\r\n#three", ["one", "two", "three"]),
        ("#タグ。#タグ、#タグ！", ["タグ", "タグ", "タグ"]),
        ("#il·lusió #fi· #می\u200cخواهم #x\u200d", ["il·lusió", "fi", "می\u200cخواهم", "x"]),
        ("#テレ～ビ #波〜 #つ・づき", ["テレ～ビ", "波", "つ・づき"]),
        ("#בֵּית־סֵפֶר #צה״ל #ר׳ #בית־", ["בֵּית־סֵפֶר", "צה״ל", "ר׳", "בית"]),
        ("#བོད་ཡིག་", ["བོད་ཡིག་"]),
        ("#mailto://x #http://x.example #https://x.example", []),
        # What it is made of.
        ("#1st #２０２６年 #a_1", ["1st", "２０２６年", "a_1"]),
        ("#1 #12 #1_2 #_ #__ #१२ #〃 #々", ["々"]),
        ("# wall #", []),
        ("#Ağrı #Łódź #Þórshöfn #ǁkabo", ["Ağrı", "Łódź", "Þórshöfn", "ǁkabo"]),
        ("#Київ #Αθήνα #Երևան #თბილისი", ["Київ", "Αθήνα", "Երևան", "თბილისი"]),
        ("#دوبي #تهران #كتاب_٢ #ســـلام", ["دوبي", "تهران", "كتاب_٢", "ســـلام"]),
        (
            "#मुंबई #ঢাকা #ਦਿੱਲੀ #ચા #சென்னை #హైదరాబాద్ #ಬೆಂಗಳೂರು #കൊച്ചി #ශ්\u200dරී",
            ["मुंबई", "ঢাকা", "ਦਿੱਲੀ", "ચા", "சென்னை", "హైదరాబాద్", "ಬೆಂಗಳೂರು", "കൊച്ചി", "ශ්\u200dරී"],
        ),
        ("#กรุงเทพ #ວຽງຈັນ #ភ្នំពេញ #ရန်ကုန် #አዲስአበባ", ["กรุงเทพ", "ວຽງຈັນ", "ភ្នំពេញ", "ရန်ကုန်", "አዲስአበባ"]),
        ("#서울 #ｶﾅ #ひらがな #東京 #𠮷野家 #𐐷x", ["서울", "ｶﾅ", "ひらがな", "東京", "𠮷野家", "𐐷x"]),
        # Emoji: a tag of their own, or the end of one.
        ("#🐍 #🏳\ufe0f\u200d🌈! #👩\u200d🚀", ["🐍", "🏳\ufe0f\u200d🌈", "👩\u200d🚀"]),
        ("#PyCon🎉 #🎉PyCon", ["PyCon", "🎉"]),
        ("#‼ #① #⌈x", []),
        ("#\ufe0f\u20e3 #\ufe0f\u20e35", []),
        ("#" + "a" * LONGEST_TAG, ["a" * LONGEST_TAG]),
        ("#" + "a" * (LONGEST_TAG + 1), []),
        ("#" + "🐍" * (LONGEST_TAG + 1), []),
    ],
)
def test_tags_are_found_as_people_and_networks_see_them(text, expected):
    assert [raw for _, _, raw in extract(text)] == expected


def test_a_tag_is_where_it_stands_with_its_hash():
    text = "🎉 https://a.example/#no #wall 会議 #日本."

    found = extract(text)

    assert found == [(24, 29, "wall"), (33, 36, "日本")]
    assert [text[start:end] for start, end, _ in found] == ["#wall", "#日本"]


@settings(deadline=None)
@given(st.text(st.sampled_from("#＃ab_1é日🐍·\u200d\u200c\ufe0f\u20e3 /&.:")))
def test_every_tag_found_has_a_key_and_stands_apart(text):
    end_before = 0

    for start, end, raw in extract(text):
        assert start >= end_before
        assert text[start + 1 : end] == raw
        assert tagkey(raw)
        end_before = end


@pytest.mark.parametrize("text", ["#" * 100_000, "#a" * 50_000, "#" + "a" * 100_000, "#🐍" * 50_000])
def test_a_flood_of_hashes_is_read(text):
    assert len(extract(text)) <= 50_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        (" , ", ()),
        ("#PyConDE", ("PyConDE",)),
        ("PyConDE, #pyconde ＃PYCONDE", ("PyConDE",)),
        ("#PyConDE #PyData,日本語、🐍\n#a#b", ("PyConDE", "PyData", "日本語", "🐍", "a", "b")),
        ("cafe\u0301", ("café",)),
    ],
)
def test_an_organiser_may_type_hashtags_in_any_way(text, expected):
    assert parse_hashtags(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026", "digits alone"),
        ("２０２６", "digits alone"),
        ("a" * 101, "longer than 100 characters"),
        ("‼", "at least one letter"),
        ("PyCon-DE", "letters, digits and _"),
        ("ok C++", "letters, digits and _"),
        ("PyCon🐍", "letters, digits and _"),
        ("https://x.example", "letters, digits and _"),
        ("_", "at least one letter"),
    ],
)
def test_an_unusable_hashtag_is_named_with_the_reason(text, why):
    with pytest.raises(InvalidInput, match=f"cannot be a hashtag: .*{why}") as error:
        parse_hashtags(text, field="none")

    assert error.value.field == "none"


def test_a_flood_of_hashtags_is_refused():
    with pytest.raises(InvalidInput, match="too many"):
        parse_hashtags("a " * 5_000_000)
