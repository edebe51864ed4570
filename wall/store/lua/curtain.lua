-- Draws the curtain before every screen of an event, and tells both feeds of it in the same step.
-- KEYS  curtain, public feed, its head, desk feed, its head, audit log, people in it
-- ARGV  change {id (none), status (the new kind), read (version, or -1 for whatever holds), at (ms), epoch} as JSON,
--       the curtain as JSON, entry as JSON or empty, by, name
-- Returns {1, or 0 when another version holds; the curtain as it is now, its version, its offset on the public feed}.
-- A curtain that is drawn already stays as it is, whatever was read, and nothing is told or noted.
local curtain = KEYS[1]
local change = cjson.decode(ARGV[1])
local now = redis.call('HMGET', curtain, 'kind', 'version')
change.was = now[1] or 'open'
change.version = tonumber(now[2] or 0)

local drawn = change.was == change.status
local as_read = drawn or change.read == -1 or change.read == change.version
if as_read and not drawn then
  change.version = change.version + 1
  local told = append(KEYS[2], KEYS[3], 'curtained', change)
  append(KEYS[4], KEYS[5], 'curtained', change)
  note(KEYS[6], KEYS[7], ARGV[3], ARGV[4], ARGV[5])
  redis.call('HSET', curtain, 'curtain', ARGV[2], 'kind', change.status, 'version', change.version, 'told', told)
end
local after = redis.call('HMGET', curtain, 'curtain', 'version', 'told')
return {as_read and 1 or 0, after[1], after[2], after[3]}
