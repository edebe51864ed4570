from wall.core.rules import merged


def test_words_that_are_folded_alike_are_kept_once_as_written_first():
    result = merged("words", ["Shit", "shit ", "ѕhіt", "*shit*", "", "damn"])

    assert result.entries == ("Shit", "*shit*", "damn")
    assert result.left_out == (("shit", "Shit"), ("ѕhіt", "Shit"))


def test_of_authors_only_capitals_are_folded():
    result = merged("authors", ["@Al@x.example", "@al@x.example", "@а@x.example"])

    assert result.entries == ("@Al@x.example", "@а@x.example")


def test_what_holds_no_letter_is_left_for_the_check_to_refuse():
    assert merged("words", ["…", "…", "!"]).entries == ("…", "!")
