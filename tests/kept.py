"""Everything that a wall keeps, searched for somebody: Redis, its files, and the pictures."""

READ = {
    b"string": ("GET",),
    b"hash": ("HGETALL",),
    b"list": ("LRANGE", 0, -1),
    b"set": ("SMEMBERS",),
    b"zset": ("ZRANGE", 0, -1),
    b"stream": ("XRANGE", "-", "+"),
}


async def in_redis(database, *words):
    """Return the keys whose name or value has one of these words in it, in whatever case."""
    cursor, found = 0, set()
    while True:
        cursor, page = await database.command("SCAN", cursor, "COUNT", 1000)
        for key in page:
            kind = await database.command("TYPE", key)
            value = await database.command(*rearranged(kind, key)) if kind != b"none" else b""
            said = repr((key, value)).casefold()
            found |= {key.decode() for word in words if word.casefold() in said}
        if int(cursor) == 0:
            return found


def rearranged(kind, key):
    name, *rest = READ[kind if isinstance(kind, bytes) else kind.encode()]
    return (name, key, *rest)


def in_files(folder, *words):
    """Return the files below a folder whose name or content has one of these words in it, in whatever case."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word.casefold() in path.name.casefold() or word.casefold().encode() in path.read_bytes().lower()
    }
