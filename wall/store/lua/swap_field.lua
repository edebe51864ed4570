-- Replaces a field of a hash, if it is still as it was read.
-- KEYS  hash    ARGV  field, as read, the new one    Returns 1 when replaced, else 0.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
