-- Has the posts of those editions looked at again whose time or hosts are others than they were gathered by.
-- KEYS  head, posts by time, posts to be looked at again, editions as gathered by, beginning of what is gathered
-- ARGV  plan as read, plan, most numbers, then for each edition: its number, what it is gathered by, opens (ms), closes (ms)
-- Returns 1, or 0 when somebody else did it.
local head, by_time, stale, known, gathered = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
if (redis.call('HGET', head, 'plan') or '') ~= ARGV[1] then return 0 end
local function again(ids)
  for _, id in ipairs(ids) do redis.call('SADD', stale, string.match(id, '%S+$')) end
end
local function all_of(edition)
  again(redis.call('ZRANGE', gathered .. edition .. ':asked', 0, -1))
  for number = 0, tonumber(ARGV[3]) do again(redis.call('ZRANGE', gathered .. edition .. ':posts:' .. number, 0, -1)) end
end
local there = {}
for at = 4, #ARGV, 4 do
  local edition, by = ARGV[at], ARGV[at + 1]
  there[edition] = true
  if redis.call('HGET', known, edition) ~= by then
    all_of(edition)
    again(redis.call('ZRANGEBYSCORE', by_time, ARGV[at + 2], ARGV[at + 3]))
    redis.call('HSET', known, edition, by)
  end
end
for _, edition in ipairs(redis.call('HKEYS', known)) do
  if not there[edition] then
    all_of(edition)
    redis.call('HDEL', known, edition)
  end
end
redis.call('HSET', head, 'plan', ARGV[2])
return 1
