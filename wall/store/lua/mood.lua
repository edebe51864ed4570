-- Keeps how a post sounds, unless it changed since it was read. A moderator's word about other words than these ends.
-- KEYS  post, unhappy posts by when they were written, and by how strongly, posts that a moderator spoke of, posts that the
--       ledger is to look at again
-- ARGV  id, version that was read, mood as JSON, hash of the words that were weighed, when it was written (ms) or empty where
--       it does not sound unhappy, how strongly it does
-- Returns 1, or 0 when the post changed.
if tonumber(redis.call('HGET', KEYS[1], 'version')) ~= tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'mood', ARGV[3])
local said = redis.call('HGET', KEYS[1], 'mood_said')
if said and cjson.decode(said).words ~= ARGV[4] then
  redis.call('HDEL', KEYS[1], 'mood_said')
  redis.call('ZREM', KEYS[4], ARGV[1])
  said = false
end
if said or ARGV[5] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
else
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
  redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
end
redis.call('SADD', KEYS[5], ARGV[1])
return 1
