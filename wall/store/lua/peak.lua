-- Keeps the highest number of a minute.
-- KEYS  highest number by minute    ARGV  minute, number
if tonumber(ARGV[2]) > tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
return 1
