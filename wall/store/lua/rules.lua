-- Keeps the rules of an event, if they are still those that were read, and notes in the audit log that they changed.
-- KEYS  rules, audit log, people in it, how strict judging is
-- ARGV  version as read, the next version, the chain as JSON, entry as JSON or empty, by, name
-- Returns 1 when kept, else 0.
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'chain', ARGV[3])
redis.call('INCR', KEYS[4])
note(KEYS[2], KEYS[3], ARGV[4], ARGV[5], ARGV[6])
return 1
