import pytest

from wall.core.language import language


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("EN", "en"),
        (" de ", "de"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-rozaj", "sl-rozaj"),
        ("de-1996", "de-1996"),
        ("en-u-ca-gregory", "en"),
        ("en-x-private", "en"),
        ("yue", "yue"),
    ],
)
def test_a_language_is_spelled_the_usual_way(tag, expected):
    assert language(tag) == expected


@pytest.mark.parametrize(
    "tag",
    [
        None,
        "",
        "und",
        "zxx",
        "mul",
        "e",
        "english",
        "en-",
        "-",
        "en--us",
        "12",
        "e\u0301n",
        "en\nus",
        "a" * 10_000,
        "\ud800",
    ],
)
def test_what_names_no_language_is_none(tag):
    assert language(tag) is None
