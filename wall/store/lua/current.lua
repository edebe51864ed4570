-- Given before every script that tells a feed's place.
-- current: returns the epoch of a feed, beginning one where there is none, and another when the Redis that keeps it is
-- not the one that kept it: a promoted replica, a restarted or a restored server may lack the end of what was told.
-- A Redis that keeps its name from us (ours does: it confirms nothing that is not on its disk) has one history.
local function current(head, fresh)
  local info = redis.pcall('INFO', 'replication')
  local server = type(info) == 'string' and string.match(info, 'master_replid:(%x+)') or ''
  local before = redis.call('HMGET', head, 'epoch', 'server')
  local epoch = before[1]
  if not epoch or (before[2] and before[2] ~= server) then
    epoch = fresh
    redis.call('HSET', head, 'epoch', epoch)
  end
  if before[2] ~= server then redis.call('HSET', head, 'server', server) end
  return epoch
end
