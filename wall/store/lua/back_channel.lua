-- Changes a back channel, if nobody did since it was read.
-- KEYS  thread (hash), threads (sorted by when they end)
-- ARGV  the version read (0: there is none), its id, when it ends (0: now), in how many seconds that is, field and value, …
-- Returns 1 when changed, else 0.
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if version ~= ARGV[1] then return 0 end
if ARGV[3] == '0' then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[2])
  return 1
end
redis.call('HINCRBY', KEYS[1], 'version', 1)
for place = 5, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[place], ARGV[place + 1]) end
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1
