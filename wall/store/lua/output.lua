-- Changes what an output of an event shows (its overlay, its stage view), and tells both feeds that it is arranged anew.
-- KEYS  outputs, public feed, its head, desk feed, its head, audit log, people in it
-- ARGV  change {id (none), field, at (ms), epoch} as JSON, the field as read (empty for none), the new one,
--       entry as JSON or empty, by, name
-- Returns 1 when it was still as read, else 0. What stays as it is, is told to nobody.
local outputs = KEYS[1]
local change = cjson.decode(ARGV[1])
if (redis.call('HGET', outputs, change.field) or '') ~= ARGV[2] then return 0 end
if ARGV[2] == ARGV[3] then return 1 end

redis.call('HSET', outputs, change.field, ARGV[3])
change.version, change.was, change.status = 0, '', ''
append(KEYS[2], KEYS[3], 'arranged', change)
append(KEYS[4], KEYS[5], 'arranged', change)
note(KEYS[6], KEYS[7], ARGV[4], ARGV[5], ARGV[6])
return 1
