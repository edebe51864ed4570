from wall.core.spoken import LONGEST, letters, spoken, words_hash


def test_handles_addresses_and_hashes_say_nothing_of_a_mood():
    text = "RT @united: the #wifi is down, see https://happy.example/love and great.example/x @ada@fun.example"

    assert spoken(text) == ": the wifi is down, see and"


def test_an_address_for_mail_and_a_price_stay_words():
    assert spoken("write to ada@home or pay 3.50") == "write to ada@home or pay 3.50"


def test_only_the_beginning_of_a_very_long_text_is_weighed():
    assert len(spoken("no " * 1_000_000)) <= LONGEST


def test_half_a_letter_can_be_hashed():
    assert words_hash("\ud800") != words_hash("")


def test_letters_of_every_script_are_letters():
    assert letters("ab! 我们 12") == 4
