-- Given before every script that changes how a post stands.
-- credit: keeps how many posts of each author are on the wall.
local function credit(shown, change)
  local by = (change.status == 'approved' and 1 or 0) - (change.was == 'approved' and 1 or 0)
  if by == 0 then return end
  if redis.call('HINCRBY', shown, change.author, by) <= 0 then redis.call('HDEL', shown, change.author) end
end
