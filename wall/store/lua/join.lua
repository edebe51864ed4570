-- Says that a program uses this Redis, with 0 milliseconds that it goes, unless the two do not get along. What is kept counts as
-- of the oldest program that came since: what that one writes is to be migrated again.
-- KEYS  what is kept, until when each program is taken to be here
-- ARGV  its name, its schema, the oldest it gets along with, milliseconds, the schema where nothing says which it is
-- Returns the schema of what is kept, the oldest program that may use it, and the oldest that does, itself included.
local kept, here = KEYS[1], KEYS[2]
local name, schema, oldest, milliseconds = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', here, '-inf', now)
redis.call('HSETNX', kept, 'number', ARGV[5])
redis.call('HSETNX', kept, 'oldest', 1)
local state = redis.call('HMGET', kept, 'number', 'oldest', 'run')
local number, floor, run = tonumber(state[1]), tonumber(state[2]), tonumber(state[3] or 0)
local lowest = schema
for _, one in ipairs(redis.call('ZRANGE', here, 0, -1)) do
  lowest = math.min(lowest, tonumber(string.match(one, '^%d+')))
end
if milliseconds == 0 then
  redis.call('ZREM', here, schema .. ' ' .. name)
elseif schema >= floor and number >= oldest and lowest >= oldest then
  redis.call('ZADD', here, now + milliseconds, schema .. ' ' .. name)
  if run > schema then redis.call('HDEL', kept, 'run', 'slug', 'place') end
  if number > schema then redis.call('HSET', kept, 'number', schema) end
end
return {number, floor, lowest}
