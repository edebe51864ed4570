"""Passphrases that somebody who guesses would try soon are refused; others are not."""

import pytest

from wall.errors import InvalidInput
from wall.web.passphrase import check_passphrase

# From lists of leaked passwords, and what their lines turn into when they have to be longer.
LEAKED = """
123456789012 1234567890123 123123123123 111111111111 000000000000 9876543210987 aaaaaaaaaaaa 123456789abc 1234567890qw
1q2w3e4r5t6y q1w2e3r4t5y6 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsxcde3 qazwsxedcrfv qweasdzxc123 1234qwerasdf a1b2c3d4e5f6
qwertyuiop123 qwerty123456 123456qwerty qwertyqwerty asdfghjkl123 zxcvbnm12345 azertyuiop12 abcdefghijkl abc123abc123
passwordpassword password1234 Passw0rd1234 P@ssw0rd1234 Password123! passwort1234 letmein12345 welcome12345 Welcome2026!
administrator administrator1 internet1234 unbelievable iloveyou1234 iloveyouforever iloveyou123! princess1234 sunshine1234
michaeljordan manchesterunited liverpoolfc1 newyorkyankees football1234 basketball12 metallica123 startrek1234 blink182blink
charlie12345 chocolate1234 bitcoin12345 mercedesbenz jesusislord1 trustno1trustno1 hallohallo12 soleil123456 Summer2026!!
"""


@pytest.mark.parametrize("passphrase", LEAKED.split())
async def test_what_leaked_before_is_refused(passphrase):
    with pytest.raises(InvalidInput, match="among the first that somebody who guesses would try"):
        await check_passphrase(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    [
        "four plain words together",
        "correct horse battery",
        "Vollmond Käse Treppe Anker",
        "цапля молоток озеро",
        "駅前で猫が三匹ねていました朝",
        "tK7#vQ2m!xZ9",
        "x7" + "Grüße aus dem Süden, lieber Wal! " * 6,
    ],
)
async def test_words_that_do_not_belong_together_are_taken_in_any_script(passphrase):
    await check_passphrase(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "about"),
    [
        ("Backchannel Wall 2026", ()),
        ("backchannelwall", ()),
        ("Amelia Earhart 1937", ("Amelia Earhart",)),
        ("amelia-moderates-here1", ("Amelia Moderates", "here1")),
        ("euroconf-berlin-26", ("euroconf-berlin",)),
    ],
)
async def test_names_that_belong_to_the_person_their_events_and_the_program_make_nothing_harder(passphrase, about):
    with pytest.raises(InvalidInput):
        await check_passphrase(passphrase, about=about)


async def test_a_name_within_enough_other_words_does_no_harm():
    await check_passphrase("Amelia paints seven quiet lighthouses", about=("Amelia Earhart",))
