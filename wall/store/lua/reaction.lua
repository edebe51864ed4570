-- Given before every script that counts reactions. A post keeps how many there are of each; who gave them is beside it,
-- in `<post>:reactions`, by participant, and goes when the post leaves the wall.
-- count_reaction: adds to the number of one reaction of a post.
local function count_reaction(post, key, by)
  local counts = cjson.decode(redis.call('HGET', post, 'reactions') or '{}')
  local count = (counts[key] or 0) + by
  counts[key] = count > 0 and count or nil
  if next(counts) then
    redis.call('HSET', post, 'reactions', cjson.encode(counts))
  else
    redis.call('HDEL', post, 'reactions')
  end
end
