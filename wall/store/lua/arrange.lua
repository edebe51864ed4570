-- Changes a field of what is set for the screens of an event, and tells the public feed that it is arranged anew.
-- KEYS  hash, public feed, its head, audit log, people in it
-- ARGV  change {id (none), field, at (ms), epoch} as JSON, the field as read (empty for none), the new one (empty to
--       delete it), entry as JSON or empty, by, name
-- Returns 1 when it was still as read, else 0. What stays as it is, is told to nobody.
local hash = KEYS[1]
local change = cjson.decode(ARGV[1])
if (redis.call('HGET', hash, change.field) or '') ~= ARGV[2] then return 0 end
if ARGV[2] == ARGV[3] then return 1 end
if ARGV[3] == '' then
  redis.call('HDEL', hash, change.field)
else
  redis.call('HSET', hash, change.field, ARGV[3])
end
change.version, change.was, change.status = 0, '', ''
append(KEYS[2], KEYS[3], 'arranged', change)
note(KEYS[4], KEYS[5], ARGV[4], ARGV[5], ARGV[6])
return 1
