-- Notes how far a source was read, in the same transaction as the posts up to there.
-- KEYS  position, how strict judging is, the source's lease
-- ARGV  the new position, the strictness that those posts were judged with or empty, who read it or empty for nobody
-- Returns 1, -1 when they are to be judged anew, or -2 when somebody else has the lease: the position stays theirs.
if outdated(KEYS[2], tonumber(ARGV[2])) then return -1 end
if (redis.call('GET', KEYS[3]) or '') ~= ARGV[3] then return -2 end
redis.call('SET', KEYS[1], ARGV[1])
return 1
