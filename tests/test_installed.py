"""What is built can be installed where nothing is, starts there, and answers: wheel and sources, on each Python here."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from hatchling import build

from tests.program import READY, free_port
from tests.waiting import until

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = ("3.11", "3.12", "3.13", "3.14")
OLDEST = SUPPORTED[0]
INSTALL_SECONDS = 400

pytestmark = [pytest.mark.install, pytest.mark.timeout(600)]


def python(version):
    """Return the interpreter of a version that runs here, or None."""
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    for found in (*kept, shutil.which(f"python{version}")):
        if found and subprocess.run([found, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0:
            return found
    return None


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return {"wheel": folder / build.build_wheel(str(folder)), "sdist": folder / build.build_sdist(str(folder))}


def installed(what, version, folder):
    """Return the folder of programs of an environment that holds what was installed step by step, nothing of this one."""
    found = python(version)
    if found is None:
        pytest.skip(f"There is no Python {version} here.")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([found, "-m", "venv", folder / "venv"], check=True, env=environment)
    programs = folder / "venv" / "bin"
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for step in what:
        subprocess.run([*install, *step], check=True, cwd=folder, env=environment, timeout=INSTALL_SECONDS)
    return programs


@asynccontextmanager
async def serving(programs, folder):
    """Run the program as people do, outside of any checkout, and give its address."""
    port, said = free_port(), folder / "said"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    command = [programs / "backchannel", "serve", "--port", str(port), "--data-dir", folder / "data"]
    with said.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        await until(lambda: READY in said.read_text() or process.returncode is not None, seconds=60)
        assert process.returncode is None, said.read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGINT)
        await asyncio.wait_for(process.wait(), 30)
    assert "Traceback" not in said.read_text()


async def answered(address):
    def ask():
        try:
            with urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except URLError:
            return None

    return await asyncio.to_thread(ask)


async def it_answers(programs, folder):
    async with serving(programs, folder) as address:
        await until(lambda: answered(f"{address}/readyz"), seconds=30)
        page = await answered(f"{address}/sign-in")
        assert "<title>" in page
        (sheet, *_) = re.findall(r'href="(/static/[^"]+\.css)"', page)
        assert "box-sizing" in await answered(address + sheet)


@pytest.mark.parametrize("version", SUPPORTED)
async def test_the_wheel_is_installed_and_answers(version, built, tmp_path):
    await it_answers(installed([[built["wheel"]]], version, tmp_path), tmp_path)


async def test_the_sources_are_installed_and_answer(built, tmp_path):
    await it_answers(installed([[built["sdist"]]], OLDEST, tmp_path), tmp_path)


@pytest.mark.parametrize("version", SUPPORTED)
async def test_as_the_image_has_it_each_component_is_the_file_that_was_looked_at(version, built, tmp_path):
    pinned = ["--require-hashes", "-r", ROOT / "deploy" / "requirements.txt"]
    program = ["--no-deps", "--no-build-isolation", built["sdist"]]

    await it_answers(installed([pinned, program], version, tmp_path), tmp_path)


def test_a_component_whose_file_is_another_is_not_installed(tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(f"segno==1.6.6 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(subprocess.CalledProcessError):
        installed([["--require-hashes", "--no-deps", "-r", other]], OLDEST, tmp_path)


def test_the_packed_sources_build_the_handbook_and_collect_its_tests(built, tmp_path):
    shutil.unpack_archive(built["sdist"], tmp_path)
    (sources,) = (path for path in tmp_path.iterdir() if path.is_dir())
    here = {"cwd": sources, "check": True, "capture_output": True, "text": True}
    own = sys.executable

    subprocess.run([own, "-m", "handbook", "--to", tmp_path / "handbook"], **here)
    listed = subprocess.run([own, "-m", "pytest", "--collect-only", "tests/core"], **here)

    assert (tmp_path / "handbook" / "index.html").is_file()
    assert "tests collected" in listed.stdout
