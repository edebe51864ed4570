"""Every file of deploy/ can be read, and names only settings that there are."""

import re

import pytest
import yaml

from tests.deploy.files import DEPLOY, ROOT, files, yaml_files
from wall.config import settings

KNOWN = {f"WALL_{entry.name.upper()}" for entry in settings()}
OF_THE_CADDYFILE = {"CADDY_SITE", "CADDY_WEB"}


@pytest.mark.parametrize("path", [*files(), ROOT / "docs" / "deploying.md"], ids=lambda path: path.name)
def test_only_settings_that_there_are_are_named(path):
    named = set(re.findall(r"\bWALL_[A-Z0-9_]+[A-Z0-9]", path.read_text(encoding="utf-8")))

    assert {name.removesuffix("_FILE") for name in named} - OF_THE_CADDYFILE <= KNOWN


def test_a_setting_that_is_none_would_be_found():
    assert "WALL_LOGS" not in KNOWN


@pytest.mark.parametrize("path", yaml_files(), ids=lambda path: path.name)
def test_every_yaml_file_can_be_read_and_gives_no_key_twice(path):
    text = path.read_text(encoding="utf-8")

    assert all(isinstance(one, dict) for one in yaml.load_all(text, Strict))


def test_a_key_that_is_given_twice_is_found():
    with pytest.raises(yaml.YAMLError, match="twice"):
        yaml.load("a: 1\na: 2", Strict)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_no_file_names_a_version_that_moves(path):
    assert not re.search(r"image: \S+:latest", path.read_text(encoding="utf-8"))


def test_the_scripts_may_be_run():
    assert all(
        (DEPLOY / script).stat().st_mode & 0o111 for script in ("container/make-secrets", "kubernetes/redis-start")
    )


class Strict(yaml.SafeLoader):
    """Refuses a key that is given twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node, deep=False):
        keys = [
            self.construct_object(key, deep=True) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"
        ]
        if len(keys) != len(set(keys)):
            raise yaml.YAMLError(f"A key is given twice {node.start_mark}")
        return super().construct_mapping(node, deep)
