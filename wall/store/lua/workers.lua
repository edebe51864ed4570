-- Says that a worker is here, with 0 milliseconds that it goes, and forgets those who have not said so for long.
-- KEYS  until when each is taken to be here, how many sources each follows    ARGV  its name, how many, milliseconds
-- Returns name, number, name, number … of all who are here.
local known, loads = KEYS[1], KEYS[2]
local name, load, milliseconds = ARGV[1], ARGV[2], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', known, now + milliseconds, name)
redis.call('HSET', loads, name, load)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', known, '-inf', now)) do
  redis.call('ZREM', known, gone)
  redis.call('HDEL', loads, gone)
end
return redis.call('HGETALL', loads)
