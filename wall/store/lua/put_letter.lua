-- Keeps a letter that was not kept or sent before.
-- KEYS  letters, sent    ARGV  id, letter, seconds that letters are kept    Returns 1 when it is new, else 0.
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then return 0 end
local new = redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
if new == 1 then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
return new
