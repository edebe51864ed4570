"""Characters that look like a letter of the Latin alphabet, by that letter.

From confusables.txt of UTS #39, Unicode Security Mechanisms, version 17.0.0 (© 2025 Unicode, Inc.; LICENSE-UNICODE):
every character whose prototype is one Latin letter (`rn` is m, `vv` is w; what looks like l is i when it is a capital),
but for those that NFKD makes that letter anyway, and those of scripts in which a word may well be made of such letters
alone, from Hebrew and Arabic to Hangul. Added by name: small capitals, letters in filled circles and squares, and
regional indicators.
"""

LETTERS = {
    "a": (
        "ɑΑαАаᎪᴀ⍺ꓮ\U000102a0\U00016f40\U0001d6a8\U0001d6c2\U0001d6e2\U0001d6fc\U0001d71c\U0001d736"
        "\U0001d756\U0001d770\U0001d790\U0001d7aa\U0001f150\U0001f170\U0001f1e6"
    ),
    "b": (
        "ƄʙΒВЬᏏᏴⲂꓐꞴ\U00010282\U000102a1\U00010301\U00016eb6\U0001d6a9\U0001d6e3\U0001d71d\U0001d757"
        "\U0001d791\U0001f151\U0001f171\U0001f1e7"
    ),
    "c": (
        "ϲϹСсᏟᴄⲤⲥꓚꮯ\U000102a2\U00010302\U00010415\U0001043d\U0001051c\U000118f2\U0001f152\U0001f172"
        "\U0001f1e8\U0001f74c"
    ),
    "d": "ԁᎠᏧᴅꓒꓓ\U0001f153\U0001f173\U0001f1e9",
    "e": (
        "ΕЕеҽᎬᴇ℮⋿ꓰꬲ\U00010286\U000118a6\U000118ae\U0001d6ac\U0001d6e6\U0001d720\U0001d75a\U0001d794"
        "\U0001f154\U0001f174\U0001f1ea"
    ),
    "f": (
        "ƒϜքẝꓝꜰꞘꞙꬵ\U00010287\U000102a5\U00010525\U000118a2\U000118c2\U0001d213\U0001d7ca\U0001f155"
        "\U0001f175\U0001f1eb"
    ),
    "g": "ƍɡɢԌցᏀᏳᶃꓖ\U0001f156\U0001f176\U0001f1ec",
    "h": ("ʜΗНһհᎻᏂⲎꓧ\U000102cf\U0001d6ae\U0001d6e8\U0001d722\U0001d75c\U0001d796\U0001f157\U0001f177\U0001f1ed"),
    "i": (
        "ıƖɩɪ˛\u037aΙιІіӀւᎥᏞι⍳ⲒⲓⳐꙇꭵ\U0001041b\U000118a3\U000118b2\U000118c3\U00016eaa\U0001d6a4\U0001d6b0"
        "\U0001d6ca\U0001d6ea\U0001d704\U0001d724\U0001d73e\U0001d75e\U0001d778\U0001d798\U0001d7b2"
        "\U0001f158\U0001f178\U0001f1ee"
    ),
    "j": "ͿϳЈјᎫᴊꓙꞲ\U0001f159\U0001f179\U0001f1ef",
    "k": ("ΚКᏦᛕᴋⲔꓗ\U00010518\U0001d6b1\U0001d6eb\U0001d725\U0001d75f\U0001d799\U0001f15a\U0001f17a\U0001f1f0"),
    "l": (
        "ǀʟӏᛁ∣⏽ꓡꓲ\U0001028a\U00010309\U00010320\U00010526\U00011dda\U00011de1\U00016f16\U00016f28"
        "\U0001d22a\U0001f15b\U0001f17b\U0001f1f1"
    ),
    "m": (
        "ΜϺМᎷᛖᴍⲘꓟ\U000102b0\U00010311\U0001d6b3\U0001d6ed\U0001d727\U0001d761\U0001d79b\U0001f15c"
        "\U0001f17c\U0001f1f2"
    ),
    "n": "ɴΝոռⲚꓠ\U00010513\U0001d6b4\U0001d6ee\U0001d728\U0001d762\U0001d79c\U0001f15d\U0001f17d\U0001f1f3",
    "o": (
        "ΟοσϭОоՕօჿᴏᴑⲞⲟꓳꬽ\U00010292\U000102ab\U00010404\U0001042c\U000104c2\U000104ea\U00010516\U000118b5"
        "\U000118c8\U000118d7\U00011de0\U0001d6b6\U0001d6d0\U0001d6d4\U0001d6f0\U0001d70a\U0001d70e"
        "\U0001d72a\U0001d744\U0001d748\U0001d764\U0001d77e\U0001d782\U0001d79e\U0001d7b8\U0001d7bc"
        "\U0001f15e\U0001f17e\U0001f1f4"
    ),
    "p": (
        "þƿΡρϱϸРрᏢᴘ⍴ⲢⲣⳎⳏꓑ\U00010295\U0001d6b8\U0001d6d2\U0001d6e0\U0001d6f2\U0001d70c\U0001d71a\U0001d72c"
        "\U0001d746\U0001d754\U0001d766\U0001d780\U0001d78e\U0001d7a0\U0001d7ba\U0001d7c8\U0001f15f"
        "\U0001f17f\U0001f1f5"
    ),
    "q": "ԛգզꞯ\U0001f160\U0001f180\U0001f1f6",
    "r": "ƦʀгᎡᏒᴦⲅꓣꭇꭈꮁ\U000104b4\U00016f35\U0001d216\U0001f161\U0001f181\U0001f1f7",
    "s": "ƽЅѕՏᏕᏚꓢꜱꮪ\U00010296\U00010420\U00010448\U000118c1\U00016f3a\U0001f162\U0001f182\U0001f1f8",
    "t": (
        "ΤТᎢᴛ⊤⟙Ⲧꓔ\U00010297\U000102b1\U00010315\U000118bc\U00016f0a\U0001d6bb\U0001d6f5\U0001d72f"
        "\U0001d769\U0001d7a3\U0001f163\U0001f183\U0001f1f9\U0001f768"
    ),
    "u": (
        "ʋυՍսᴜ∪⋃ꓴꞟꭎꭒ\U000104ce\U000104f6\U000118b8\U000118d8\U00016f42\U0001d6d6\U0001d710\U0001d74a"
        "\U0001d784\U0001d7be\U0001f164\U0001f184\U0001f1fa"
    ),
    "v": (
        "νѴѵᏙᴠ∨⋁ꓦꮩ\U0001051d\U000118a0\U000118c0\U00016f08\U0001d20d\U0001d6ce\U0001d708\U0001d742"
        "\U0001d77c\U0001d7b6\U0001f165\U0001f185\U0001f1fb"
    ),
    "w": "ɯшѡԜԝաᎳᏔᴡⲽꓪꮃ\U000118ef\U0001f166\U0001f186\U0001f1fc",
    "x": (
        "×ΧХхᚷ╳⤫⤬⨯ⲬꓫꞳ\U00010290\U000102b4\U00010317\U00010322\U00010527\U000118ec\U0001d6be\U0001d6f8"
        "\U0001d732\U0001d76c\U0001d7a6\U0001f167\U0001f187\U0001f1fd"
    ),
    "y": (
        "ɣʏΥγϒУуҮүყᎩᎽᶌỿℽⲨⲩꓬꭚ\U000102b2\U000118a4\U000118dc\U00016f43\U0001d6bc\U0001d6c4\U0001d6f6"
        "\U0001d6fe\U0001d730\U0001d738\U0001d76a\U0001d772\U0001d7a4\U0001d7ac\U0001f168\U0001f188"
        "\U0001f1fe"
    ),
    "z": (
        "ΖᏃᴢꓜꮓ\U000102f5\U000118a9\U000118c4\U0001d6ad\U0001d6e7\U0001d721\U0001d75b\U0001d795\U0001f169"
        "\U0001f189\U0001f1ff"
    ),
}

LOOKALIKES = {ord(char): letter for letter, chars in LETTERS.items() for char in chars}

# Cyrillic letters that pass for small capitals; they count in a word that is Latin otherwise.
LOOSE = {ord(char): letter for char, letter in zip("вкмнтпгиВКМНТПГИ", "bkmhtnrubkmhtnru", strict=True)}
