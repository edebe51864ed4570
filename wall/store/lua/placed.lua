-- Has a post of a chat gathered where a moderator put it, or where it says itself again.
-- KEYS  where posts were put, posts to be looked at again, audit log, people in it
-- ARGV  post, its place or empty, entry as JSON or empty, by, name
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
redis.call('SADD', KEYS[2], ARGV[1])
note(KEYS[3], KEYS[4], ARGV[3], ARGV[4], ARGV[5])
return 1
