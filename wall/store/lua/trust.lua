-- Notes that a moderator trusts an author, which forgives what spoke against it, or no longer, which ends what was
-- earned, too; tells the desks of it by a post of the author's.
-- KEYS  trusted authors, desk feed, its head, audit log, people in it, what speaks against authors, how strict judging is
-- ARGV  author, who trusts them ("" for nobody any more), change {id, version, was, status, at (ms), epoch} as JSON,
--       entry as JSON or empty, by, name
-- Returns 1.
local change = cjson.decode(ARGV[3])
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('INCR', KEYS[7])
  ladder(KEYS[6], KEYS[6], {author = ARGV[1], id = 'hand', blame = true})
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('HDEL', KEYS[6], ARGV[1])
end
append(KEYS[2], KEYS[3], ARGV[2] == '' and 'distrusted' or 'trusted', change)
note(KEYS[4], KEYS[5], ARGV[4], ARGV[5], ARGV[6])
return 1
