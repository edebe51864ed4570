from dataclasses import replace
from pathlib import Path

import pytest

from wall.config import Config, environment, load, settings
from wall.errors import ConfigError


def test_without_any_setting_the_wall_listens_here_only():
    assert load({}) == Config()
    assert Config().host == "127.0.0.1"


def test_settings_are_read_from_the_environment():
    config = load({"WALL_PORT": "9000", "WALL_DATA_DIR": "/srv/wall", "WALL_INSECURE_LAN": "yes", "PATH": "/bin"})

    assert (config.port, config.data_dir, config.insecure_lan) == (9000, Path("/srv/wall"), True)


def test_the_command_line_wins_and_each_setting_knows_where_it_came_from():
    config = load({"WALL_PORT": "9000", "WALL_HOST": "::1"}, port=9001, host=None)

    assert (config.port, config.host) == (9001, "::1")
    assert config.origins == {"port": "command line", "host": "WALL_HOST"}


def test_a_setting_may_be_in_a_file(tmp_path):
    (tmp_path / "url").write_text("redis://secret@db\n")

    assert load({"WALL_REDIS_URL_FILE": str(tmp_path / "url")}).redis_url == "redis://secret@db"


@pytest.mark.parametrize("text", ["1", "true", "YES", "on"])
def test_yes_is_written_in_many_ways(text):
    assert load({"WALL_INSECURE_LAN": text}).insecure_lan is True


@pytest.mark.parametrize("text", ["0", "false", "No", "off", ""])
def test_so_is_no(text):
    assert load({"WALL_INSECURE_LAN": text}).insecure_lan is False


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"WALL_PROT": "1"}, "WALL_PROT is not a setting"),
        ({"WALL_ORIGINS": "x"}, "not a setting"),
        ({"WALL_PICTURE_DIR": "x"}, "not a setting"),
        ({"WALL_": "x"}, "not a setting"),
        ({"WALL_PORT": "http"}, "takes a whole number"),
        ({"WALL_PORT": "-1"}, "takes a whole number"),
        ({"WALL_PORT": "٣"}, "takes a whole number"),
        ({"WALL_PORT": "65536"}, "does not exist"),
        ({"WALL_INSECURE_LAN": "maybe"}, "takes yes or no"),
        ({"WALL_REDIS_URL": "localhost"}, "must start with redis://"),
        ({"WALL_PUBLIC_URL": "wall.example.org"}, "must start with https://"),
        (
            {"WALL_MAIL_URL": "smtp://mail.example.org", "WALL_MAIL_FROM": "a@example.org"},
            "needs a WALL_PUBLIC_URL",
        ),
        ({"WALL_REDIS_URL_FILE": "/no/such/file"}, "cannot be read: No such file"),
        ({"WALL_REDIS_URL_FILE": "/"}, "cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_in_one_sentence(variables, words):
    with pytest.raises(ConfigError, match=words) as refused:
        load(variables)

    assert "\n" not in refused.value.message


def test_a_file_that_is_no_text_is_refused_in_words(tmp_path):
    (tmp_path / "url").write_bytes(b"\xff\xfe")

    with pytest.raises(ConfigError, match="cannot be read"):
        load({"WALL_REDIS_URL_FILE": str(tmp_path / "url")})


def test_a_number_too_long_to_be_one_is_refused_in_words():
    with pytest.raises(ConfigError, match="whole number"):
        load({"WALL_PORT": "9" * 5000})


def test_the_public_address_has_no_slash_at_its_end():
    assert load({"WALL_PUBLIC_URL": "https://wall.example.org/"}).public_url == "https://wall.example.org"


def test_a_child_given_the_environment_of_a_config_has_the_same():
    config = replace(
        Config(), port=0, insecure_lan=True, redis_url="unix:///x", public_url="https://wall.example.org"
    )

    assert load(environment(config)) == config


def test_every_setting_is_explained_and_secrets_are_marked():
    entries = settings()

    assert all(entry.metadata["help"].endswith(".") for entry in entries)
    assert [entry.name for entry in entries if entry.metadata["secret"]] == [
        "redis_url",
        "mail_url",
        "oidc_secret",
        "back_channel_key",
    ]


A_KEY, ANOTHER = "A" * 43, "_-" * 21 + "8"


def test_keys_of_private_threads_are_written_in_either_alphabet_of_base64():
    plain = load({"WALL_BACK_CHANNEL_KEY": f"{A_KEY}= {ANOTHER.translate(str.maketrans('-_', '+/'))}="})

    assert plain.back_channel_keys == load({"WALL_BACK_CHANNEL_KEY": f"{A_KEY} {ANOTHER}"}).back_channel_keys
    assert [len(key) for key in plain.back_channel_keys] == [32, 32]


@pytest.mark.parametrize("text", ["secret", "A" * 42, "A" * 44, "ключ", A_KEY + " x"])
def test_what_is_no_key_stops_the_start(text):
    with pytest.raises(ConfigError, match="openssl rand -base64 32"):
        load({"WALL_BACK_CHANNEL_KEY": text})
