-- Reads a feed's place.
-- KEYS  head of the feed    ARGV  an epoch for a history that begins    Returns {epoch, offset}.
local epoch = current(KEYS[1], ARGV[1])
return {epoch, tonumber(redis.call('HGET', KEYS[1], 'offset') or 0)}
