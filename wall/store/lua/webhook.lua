-- Notes how far a webhook was told, if it still stands as it was read, and a try to deliver.
-- KEYS  how far each was told, its attempts    ARGV  id, as read, the new one, attempt or '', how many are kept
-- Returns 1 when noted, else 0: somebody else sent meanwhile, or an organiser said from where.
local attempt = ARGV[4]
if attempt ~= '' then
  redis.call('LPUSH', KEYS[2], attempt)
  redis.call('LTRIM', KEYS[2], 0, ARGV[5] - 1)
end
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
