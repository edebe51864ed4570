-- Lets an event be there, all of which was written before.
-- KEYS  event, names of the keys that were written, lease of the import    ARGV  event as JSON, holder of the lease
-- Returns 1, or 0 when there is one by now or somebody else imports it.
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('GET', KEYS[3]) ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('DEL', KEYS[2], KEYS[3])
return 1
