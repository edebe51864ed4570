-- Writes which posts are grouped behind the lead of a card, if nothing of the card changed since it was looked at.
-- KEYS  lead, desk feed, its head, public feed, its head, unsettled cards
-- ARGV  change {id, version, was, status, at (ms), epoch} as JSON, card, how often it had changed, the posts as JSON or empty
--       where they are written already
-- Returns 1, or 0 when it changed meanwhile.
local change = cjson.decode(ARGV[1])
if redis.call('HGET', KEYS[6], ARGV[2]) ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[6], ARGV[2])
if ARGV[4] == '' or redis.call('EXISTS', KEYS[1]) == 0 then return 1 end
redis.call('HSET', KEYS[1], 'copies', ARGV[4])
append(KEYS[2], KEYS[3], 'grouped', change)
if change.status == 'approved' then append(KEYS[4], KEYS[5], 'counted', change) end
return 1
