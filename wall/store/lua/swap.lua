-- Replaces an event, if it is still as it was read, and notes in the audit log that it was. What was judged by the event as it
-- was is outdated.
-- KEYS  event, audit log, people in it, strictness    ARGV  as read, the new one, entry as JSON or empty, by, name
-- Returns 1 when replaced, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('INCR', KEYS[4])
note(KEYS[2], KEYS[3], ARGV[3], ARGV[4], ARGV[5])
return 1
