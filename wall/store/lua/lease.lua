-- Takes, renews or, with 0 milliseconds, gives back a lease.
-- KEYS  lease    ARGV  holder, milliseconds    Returns 1 when the holder had or has it, else 0.
local lease, holder, milliseconds = KEYS[1], ARGV[1], tonumber(ARGV[2])
local now = redis.call('GET', lease)
if now and now ~= holder then return 0 end
if milliseconds == 0 then
  redis.call('DEL', lease)
else
  redis.call('SET', lease, holder, 'PX', milliseconds)
end
return 1
