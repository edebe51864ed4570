-- Given before every script that changes how a post stands.
-- put_off: notes when a post goes on the wall by itself: in `delay` milliseconds by the clock of Redis, which alone tells
-- later whether its time has come; or that it no longer does (`undelayed`).
local function put_off(due, change)
  if change.undelayed then redis.call('ZREM', due, change.id) end
  if not change.delay then return end
  local time = redis.call('TIME')
  redis.call('ZADD', due, time[1] * 1000 + math.floor(time[2] / 1000) + change.delay, change.id)
end
