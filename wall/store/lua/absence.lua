-- Notes that an author leaves or comes back, unless something later is known.
-- KEYS  who left, the event's secret
-- ARGV  author, "left", "back" or "gone" (left, and every post is withdrawn), when it was said (ms), a secret to begin with
-- Returns 1 when there is something to do about it, else 0: it is done, or was taken back.
local left = KEYS[1]
redis.call('SET', KEYS[2], ARGV[4], 'NX')
local field = mark(redis.call('GET', KEYS[2]), ARGV[1])
local kept = redis.call('HGET', left, field)
if kept then
  local state, at, done = string.match(kept, '^(%l+) (%d+) ?(%l*)$')
  if tonumber(at) > tonumber(ARGV[3]) then return 0 end
  if tonumber(at) == tonumber(ARGV[3]) and state == ARGV[2] and done ~= '' then return 0 end
end
if ARGV[2] == 'gone' then
  redis.call('HSET', left, field, 'left ' .. ARGV[3] .. ' done')
elseif ARGV[2] == 'left' then
  redis.call('HSET', left, field, 'left ' .. ARGV[3])
else
  redis.call('HSET', left, field, 'back ' .. ARGV[3] .. ' done')
end
return 1
