-- Forgets which posts somebody passed on, and has the ledger look at these again.
-- KEYS  posts that they passed on, posts that the ledger is to look at again, beginning of a post's key    ARGV  their uid
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('ZREM', KEYS[3] .. id .. ':amplifiers', ARGV[1]) == 1 then redis.call('SADD', KEYS[2], id) end
end
redis.call('DEL', KEYS[1])
