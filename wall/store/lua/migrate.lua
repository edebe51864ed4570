-- Begins a migration, or goes on with it, once no older program is here; those that could not read what it leaves are shut out.
-- KEYS  what is kept, until when each program is taken to be here    ARGV  the schema it leads to, the oldest that can read that
-- Returns the event and the place in it that it got to, or nil when it may not run now.
local kept, here, target, oldest = KEYS[1], KEYS[2], tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
redis.call('ZREMRANGEBYSCORE', here, '-inf', time[1] * 1000 + math.floor(time[2] / 1000))
if tonumber(redis.call('HGET', kept, 'number') or 0) ~= target - 1 then return false end
for _, one in ipairs(redis.call('ZRANGE', here, 0, -1)) do
  if tonumber(string.match(one, '^%d+')) < target then return false end
end
redis.call('HSET', kept, 'run', target)
if oldest > tonumber(redis.call('HGET', kept, 'oldest') or 1) then redis.call('HSET', kept, 'oldest', oldest) end
local got = redis.call('HMGET', kept, 'slug', 'place')
return {got[1] or '', got[2] or ''}
