"""Another installation, where a file is imported."""

import io
import zipfile

import pytest
import pytest_asyncio

from wall.media.files import PictureFiles
from wall.portable import export_event, import_event
from wall.store import open_store
from wall.store.server import PrivateRedis


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def empty_server(tmp_path_factory):
    """A Redis that knows of no event."""
    server = PrivateRedis(tmp_path_factory.mktemp("empty"))
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture
async def elsewhere(empty_server, tmp_path):
    """Another installation: its store and its pictures."""
    store = open_store(empty_server.url)
    yield store, PictureFiles(tmp_path / "elsewhere")
    await store.database.close()


@pytest.fixture
def pictures(tmp_path):
    return PictureFiles(tmp_path / "pictures")


@pytest.fixture
def exported():
    async def exported(store, pictures, slug):
        file = io.BytesIO()
        await export_event(store, pictures, slug, file, program="1.0")
        return file.getvalue()

    return exported


@pytest.fixture
def imported(tmp_path):
    async def imported(there, data, **options):
        path = tmp_path / "event.zip"
        path.write_bytes(data)
        return await import_event(*there, path, check_slug=str, **options)

    return imported


@pytest.fixture
def members():
    def members(data):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return {name: file.read(name) for name in file.namelist()}

    return members
