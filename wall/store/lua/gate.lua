-- Given before change, to let a post through whose delay is over; does nothing before its time, when the event is not as
-- it was read (its mode may have changed), when its author was refused meanwhile, when a moderator restricted the author, or
-- everyone, or when the curtain is drawn.
-- KEYS  those of change, whose last are due, approvals, what speaks against authors and how
--       strict judging is, and posts that are answered; restricted authors, curtain, event
-- ARGV  those of change, then the event as it was read
do
  local due, against, restricted, curtain, event = KEYS[#KEYS - 7], KEYS[#KEYS - 5], KEYS[#KEYS - 2], KEYS[#KEYS - 1], KEYS[#KEYS]
  local change = cjson.decode(ARGV[1])
  local time = redis.call('TIME')
  local at = redis.call('ZSCORE', due, change.id)
  if not at or time[1] * 1000 + time[2] / 1000 < tonumber(at) then return false end
  if redis.call('GET', event) ~= ARGV[#ARGV] then return false end
  if redis.call('HEXISTS', against, change.author) == 1 then return false end
  if redis.call('HEXISTS', restricted, change.author) == 1 or redis.call('HEXISTS', restricted, '') == 1 then return false end
  if (redis.call('HGET', curtain, 'kind') or 'open') ~= 'open' then return false end
end
