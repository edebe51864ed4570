-- Given before every script that changes how a post stands.
-- ladder: keeps, by author, how many posts stand that a moderator approved (`credit` more or less by this change), and
-- which speak against trusting the author (`blame`: true for one more, false for one that is forgiven).
local function ladder(approvals, against, change)
  if change.credit and change.credit ~= 0 and redis.call('HINCRBY', approvals, change.author, change.credit) <= 0 then
    redis.call('HDEL', approvals, change.author)
  end
  if type(change.blame) ~= 'boolean' then return end
  local ids, kept = cjson.decode(redis.call('HGET', against, change.author) or '[]'), {}
  for _, id in ipairs(ids) do
    if id ~= change.id and #kept < 99 then kept[#kept + 1] = id end
  end
  if change.blame then table.insert(kept, 1, change.id) end
  if #kept == 0 then
    redis.call('HDEL', against, change.author)
  else
    redis.call('HSET', against, change.author, cjson.encode(kept))
  end
end
