"""An event is carried to another slug of the same Redis, be that one server or a Cluster."""

import io

from tests.portable.filled import filled
from wall.media.files import PictureFiles
from wall.portable import export_event, import_event


async def test_an_event_is_exported_from_and_imported_into_any_redis(store, event, tmp_path):
    pictures = PictureFiles(tmp_path / "pictures")
    await filled(store, event, pictures)
    path, again = tmp_path / "event.zip", io.BytesIO()
    with path.open("w+b") as file:
        before = await export_event(store, pictures, event.slug, file, program="1.0")

    await import_event(store, pictures, path, slug=f"{event.slug}-twin", check_slug=str)
    after = await export_event(store, pictures, f"{event.slug}-twin", again, program="1.0")

    differing = {name for name in before.members if before.members[name] != after.members.get(name)}
    assert differing == {"event.json"}
    assert after.counts == before.counts
