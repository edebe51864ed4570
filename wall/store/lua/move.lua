-- Gives a ticket code to a browser: the one that had it before has it no more.
-- KEYS  codes    ARGV  code, the turn it was seen at    Returns the new turn, or -1 when it is gone or was moved.
local turn = redis.call('HGET', KEYS[1], ARGV[1])
if turn ~= ARGV[2] then return -1 end
return redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
