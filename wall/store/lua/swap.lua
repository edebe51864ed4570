-- Replaces a value, if it is still the one that was read.
-- KEYS  value    ARGV  as read, the new one    Returns 1 when replaced, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
