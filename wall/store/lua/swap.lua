-- Replaces a value, if it is still the one that was read, and notes in the audit log that it was.
-- KEYS  value, audit log, people in it    ARGV  as read, the new one, entry as JSON or empty, by, name
-- Returns 1 when replaced, else 0.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
note(KEYS[2], KEYS[3], ARGV[3], ARGV[4], ARGV[5])
return 1
