-- Restricts an author, or everyone: their further posts wait; or lifts that again. The desk is told in the same step.
-- KEYS  restricted authors, trusted authors, desk feed, its head, what speaks against authors, audit log, people in it,
--       how strict judging is
-- ARGV  change {id (none), version, was, status, at (ms), epoch} as JSON, author, the restriction as JSON or empty to
--       lift it, entry as JSON or empty, by, name
-- Returns 1 when that changed anything, which alone is told and noted. Who is restricted is trusted no longer.
local restricted, trusted, author = KEYS[1], KEYS[2], ARGV[2]
local change = cjson.decode(ARGV[1])
local changed
if ARGV[3] == '' then
  changed = redis.call('HDEL', restricted, author)
else
  changed = redis.call('HSETNX', restricted, author, ARGV[3])
  redis.call('INCR', KEYS[8])
  if author ~= '' then
    redis.call('HDEL', trusted, author)
    ladder(KEYS[5], KEYS[5], {author = author, id = 'hand', blame = true})
  end
end
if changed == 1 then
  append(KEYS[3], KEYS[4], ARGV[3] == '' and 'lifted' or 'restricted', change)
  note(KEYS[6], KEYS[7], ARGV[4], ARGV[5], ARGV[6])
end
return changed
