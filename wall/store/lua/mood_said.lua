-- Keeps what a moderator says of how a post sounds, or takes that back, unless the post changed since it was read.
-- KEYS  as for mood
-- ARGV  id, version that was read, word as JSON or empty, when it was said (ms), and where it is taken back: when the post was
--       written (ms) or empty where the guess does not call it unhappy, how strongly it does
-- Returns 1, or 0 when the post changed.
if tonumber(redis.call('HGET', KEYS[1], 'version')) ~= tonumber(ARGV[2]) then return 0 end
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'mood_said', ARGV[3])
  redis.call('ZADD', KEYS[4], ARGV[4], ARGV[1])
else
  redis.call('HDEL', KEYS[1], 'mood_said')
  redis.call('ZREM', KEYS[4], ARGV[1])
end
if ARGV[3] ~= '' or ARGV[5] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
else
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
  redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
end
redis.call('SADD', KEYS[5], ARGV[1])
return 1
