-- Changes fields of what is set for the screens and outputs of an event, and tells both feeds that it is arranged anew.
-- KEYS  hash, public feed, its head, desk feed, its head, audit log, people in it
-- ARGV  change {id (none), what, at (ms), epoch} as JSON, entry as JSON or empty, by, name, then for each field: its name, how
--       it was read (empty for none), how it is to be (empty to delete it)
-- Returns 1 when all were still as read, else 0. What stays as it is, is told to nobody.
local hash = KEYS[1]
local changes = false
for at = 5, #ARGV, 3 do
  if (redis.call('HGET', hash, ARGV[at]) or '') ~= ARGV[at + 1] then return 0 end
  changes = changes or ARGV[at + 1] ~= ARGV[at + 2]
end
if not changes then return 1 end
for at = 5, #ARGV, 3 do
  if ARGV[at + 2] == '' then
    redis.call('HDEL', hash, ARGV[at])
  else
    redis.call('HSET', hash, ARGV[at], ARGV[at + 2])
  end
end
local change = cjson.decode(ARGV[1])
change.version, change.was, change.status = 0, '', change.what
append(KEYS[2], KEYS[3], 'arranged', change)
append(KEYS[4], KEYS[5], 'arranged', change)
note(KEYS[6], KEYS[7], ARGV[2], ARGV[3], ARGV[4])
return 1
