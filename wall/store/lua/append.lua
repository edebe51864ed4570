-- Given, after current, before every script that tells a feed of something.
-- append: takes the next offset, adds the update to the stream and publishes the same update on the channel.
local function append(feed, head, kind, change)
  local epoch = current(head, change.epoch)
  local offset = redis.call('HINCRBY', head, 'offset', 1)
  redis.call('XADD', feed, offset .. '-0',
    'kind', kind, 'at', change.at, 'post', change.id, 'version', change.version,
    'was', change.was, 'status', change.status)
  redis.call('PUBLISH', feed,
    table.concat({epoch, offset, kind, change.at, change.id, change.version, change.was, change.status}, ' '))
  return offset
end
