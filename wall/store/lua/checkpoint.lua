-- Notes how far a source was read, in the same transaction as the posts up to there.
-- KEYS  position    ARGV  the new position
redis.call('SET', KEYS[1], ARGV[1])
return 1
