-- Given before every script that asks who left.
-- mark: returns what an author who left is kept under: a hash that nobody can make who has not the event's secret.
local function mark(secret, author)
  return redis.sha1hex(secret .. author .. secret)
end
-- has_left: tells whether an author left and did not come back.
local function has_left(left, secret_key, author)
  if redis.call('EXISTS', left) == 0 then return false end
  local secret = redis.call('GET', secret_key)
  local kept = secret and redis.call('HGET', left, mark(secret, author))
  return kept and string.sub(kept, 1, 4) == 'left'
end
