-- Keeps the rules of an event, if they are still those that were read.
-- KEYS  rules    ARGV  version as read, the next version, the chain as JSON    Returns 1 when kept, else 0.
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'chain', ARGV[3])
return 1
