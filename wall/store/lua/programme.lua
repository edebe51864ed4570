-- Keeps the programme of an event, and the event with its sessions' modes, if both are still as they were read, and tells
-- the public feed that its screens are arranged anew. Where the modes changed, what was judged before is outdated.
-- KEYS  event, programme, audit log, people in it, public feed, its head, strictness
-- ARGV  event as read, event, version as read, the next version, programme as JSON, its address, entry as JSON or empty,
--       by, name, change {id (none), at (ms), epoch} as JSON
-- Returns 1 when kept, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if (redis.call('HGET', KEYS[2], 'version') or '0') ~= ARGV[3] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[1] ~= ARGV[2] then redis.call('INCR', KEYS[7]) end
redis.call('HSET', KEYS[2], 'version', ARGV[4], 'programme', ARGV[5], 'address', ARGV[6])
local change = cjson.decode(ARGV[10])
change.version, change.was, change.status = 0, '', ''
append(KEYS[5], KEYS[6], 'arranged', change)
note(KEYS[3], KEYS[4], ARGV[7], ARGV[8], ARGV[9])
return 1
