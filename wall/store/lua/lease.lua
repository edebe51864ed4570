-- Takes, renews or gives back a lease. A lease that ran out is not renewed: somebody may have had it in between.
-- KEYS  lease    ARGV  holder, milliseconds, 'take', 'renew' or 'give back'    Returns 1 when the holder has or had it, else 0.
local lease, holder, milliseconds, act = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local now = redis.call('GET', lease)
if act == 'take' then
  if now then return 0 end
elseif now ~= holder then
  return 0
end
if act == 'give back' then
  redis.call('DEL', lease)
else
  redis.call('SET', lease, holder, 'PX', milliseconds)
end
return 1
