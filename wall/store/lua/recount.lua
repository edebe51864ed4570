-- Writes how often a post was passed on, or what it answers, if it still stands as it was read, and tells the public feed if
-- it is there.
-- KEYS  post, public feed, its head, posts that are answered by how often, beginning of a post's key
-- ARGV  change {id, version, was, status, at (ms), epoch, answers (id) if it does, untied if that is new} as JSON, standing as JSON
-- Returns 1, or nil when the post moved.
local change = cjson.decode(ARGV[1])
if tonumber(redis.call('HGET', KEYS[1], 'version')) ~= change.version then return false end

redis.call('HSET', KEYS[1], 'standing', ARGV[2])
tie(KEYS[4], KEYS[5], KEYS[2], KEYS[3], change)
if change.status == 'approved' then append(KEYS[2], KEYS[3], 'counted', change) end
return 1
