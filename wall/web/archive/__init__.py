"""A wall as files, as it stands at one moment: for any web server, or none."""

from wall.web.archive.files import File
from wall.web.archive.site import ArchiveSite
from wall.web.archive.writing import to_folder, to_zip

__all__ = ["ArchiveSite", "File", "to_folder", "to_zip"]
