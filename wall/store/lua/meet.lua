-- Meets a participant who wants to take part: notes when they first did, unless too many came from where they are.
-- KEYS  met, newcomers from there, newcomers by minute, participant
-- ARGV  seconds now, seconds kept, most from there, milliseconds of that window, whether they count as newcomers, few
-- Returns when they first came, when they passed the check (empty for never), how long to wait, what they said, and
-- whether they count and came after a few others from there.
local at, checked, crowd = unpack(redis.call('HMGET', KEYS[1], 'at', 'checked', 'crowd'))
if not at then
  local from = redis.call('INCR', KEYS[2])
  if from == 1 then redis.call('PEXPIRE', KEYS[2], ARGV[4]) end
  if from > tonumber(ARGV[3]) then return {'', '', redis.call('PTTL', KEYS[2]), false, ''} end
  at = ARGV[1]
  redis.call('HSET', KEYS[1], 'at', at)
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  if ARGV[5] == '1' then
    redis.call('HINCRBY', KEYS[3], math.floor(tonumber(at) / 60), 1)
    redis.call('EXPIRE', KEYS[3], 7200)
    if from > tonumber(ARGV[6]) then
      crowd = '1'
      redis.call('HSET', KEYS[1], 'crowd', crowd)
    end
  end
end
return {at, checked or '', 0, redis.call('GET', KEYS[4]), crowd or ''}
