-- Keeps the programme of an event, and the event with its sessions' modes, if both are still as they were read.
-- KEYS  event, programme, audit log, people in it
-- ARGV  event as read, event, version as read, the next version, programme as JSON, its address, entry as JSON or empty,
--       by, name
-- Returns 1 when kept, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if (redis.call('HGET', KEYS[2], 'version') or '0') ~= ARGV[3] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], 'version', ARGV[4], 'programme', ARGV[5], 'address', ARGV[6])
note(KEYS[3], KEYS[4], ARGV[7], ARGV[8], ARGV[9])
return 1
