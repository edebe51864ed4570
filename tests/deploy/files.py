"""The files of deploy/, as the tests read them."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"


def files():
    """Return every file, those left out that are made on the spot."""
    return sorted(path for path in DEPLOY.rglob("*") if path.is_file() and "secrets" not in path.parts)


def yaml_files():
    return [path for path in files() if path.suffix in (".yml", ".yaml")]


def read(name):
    """Return the documents of a YAML file."""
    return list(yaml.safe_load_all((DEPLOY / name).read_text(encoding="utf-8")))
