-- Takes a desk out of the team; what it held is free.
-- KEYS  desks, holds (post to desk), turns, the team's channel    ARGV  desk    Returns 1 when it was there, else 0.
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
local rows = redis.call('HGETALL', KEYS[2])
for index = 1, #rows, 2 do
  if rows[index + 1] == ARGV[1] then redis.call('HDEL', KEYS[2], rows[index]) end
end
redis.call('PUBLISH', KEYS[4], redis.call('INCR', KEYS[3]))
return 1
