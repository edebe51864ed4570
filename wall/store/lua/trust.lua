-- Notes that moderators trust an author, or no longer, and tells the desks of it by a post of theirs.
-- KEYS  trusted authors, desk feed, its head, audit log, people in it
-- ARGV  author, who trusts them ("" for nobody any more), change {id, version, was, status, at (ms), epoch} as JSON,
--       entry as JSON or empty, by, name
-- Returns 1.
local change = cjson.decode(ARGV[3])
if ARGV[2] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
append(KEYS[2], KEYS[3], ARGV[2] == '' and 'distrusted' or 'trusted', change)
note(KEYS[4], KEYS[5], ARGV[4], ARGV[5], ARGV[6])
return 1
