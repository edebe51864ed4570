-- Given, after append, before every script that changes how a post stands.
-- `answered` keeps how many replies to each post are on the wall, the sets `answered:<id>` all replies by when they came.
-- tie: keeps a post among the replies to the one it answers, and tells audiences how many of those are on the wall, or that
-- the wall's own answer says something else (`reworded`).
local function tie(answered, posts, feed, head, change)
  if not change.answers then return end
  local parent = posts .. change.answers
  redis.call('ZADD', answered .. ':' .. change.answers, 'NX', change.at, change.id)
  local more = (change.status == 'approved' and 1 or 0) - ((change.was == 'approved' and not change.untied) and 1 or 0)
  if more == 0 and not change.reworded then return end
  local count = tonumber(redis.call('ZINCRBY', answered, more, change.answers))
  if count <= 0 then redis.call('ZREM', answered, change.answers) end
  local stands = redis.call('HMGET', parent, 'version', 'status')
  if not stands[1] then return end
  redis.call('HSET', parent, 'replies', count)
  if stands[2] == 'approved' then
    append(feed, head, 'counted', {id = change.answers, at = change.at, epoch = change.epoch,
      version = stands[1], was = stands[2], status = stands[2]})
  end
end
-- retell: tells of the replies to a post that came onto the wall, left it, or says something else: they name it.
local function retell(answered, posts, feed, head, desk, desk_head, change)
  for _, id in ipairs(redis.call('ZRANGE', answered .. ':' .. change.id, 0, -1)) do
    local stands = redis.call('HMGET', posts .. id, 'version', 'status')
    if stands[1] and stands[2] ~= 'withdrawn' then
      local told = {id = id, at = change.at, epoch = change.epoch, version = stands[1], was = stands[2], status = stands[2]}
      if stands[2] == 'approved' then append(feed, head, 'counted', told) end
      append(desk, desk_head, 'counted', told)
    end
  end
end
