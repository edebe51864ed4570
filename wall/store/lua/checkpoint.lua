-- Notes how far a source was read, in the same transaction as the posts up to there.
-- KEYS  position, how strict judging is
-- ARGV  the new position, the strictness that those posts were judged with or empty
-- Returns 1, or -1 when they are to be judged anew.
if outdated(KEYS[2], tonumber(ARGV[2])) then return -1 end
redis.call('SET', KEYS[1], ARGV[1])
return 1
