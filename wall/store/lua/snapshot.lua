-- Reads a feed's place and the posts that stand there, at one moment.
-- The posts' own keys are made from the prefix of KEYS[1]'s event: same hash tag, same slot.
-- KEYS  head of the feed, posts to list, pinned posts, curtain, then one key for each number wanted
-- ARGV  prefix of a post's key, "newest" or "oldest" first, how many posts, an epoch for a feed without one
-- Returns {epoch, offset, {standing, arrived, copies, replies, reactions, spoken, standing, …}, {number, …}, place of the last
-- post listed, if that many are listed, curtain, its version}; pinned posts are always among them.
local head, listed, pinned = KEYS[1], KEYS[2], KEYS[3]
local prefix, limit = ARGV[1], tonumber(ARGV[3])

local epoch = current(head, ARGV[4])
local offset = redis.call('HGET', head, 'offset')
local ids = redis.call(ARGV[2] == 'newest' and 'ZREVRANGE' or 'ZRANGE', listed, 0, limit - 1)

local last = ids[limit] and tonumber(redis.call('ZSCORE', listed, ids[limit]))

local seen, posts, numbers = {}, {}, {}
for _, id in ipairs(ids) do seen[id] = true end
for _, id in ipairs(redis.call('ZREVRANGE', pinned, 0, 19)) do
  if not seen[id] and redis.call('ZSCORE', listed, id) then ids[#ids + 1] = id end
end
for _, id in ipairs(ids) do
  local standing = redis.call('HMGET', prefix .. id, 'standing', 'arrived', 'copies', 'replies', 'reactions', 'spoken')
  if standing[1] then
    for part = 1, 6 do posts[#posts + 1] = standing[part] end
  end
end
for index = 5, #KEYS do numbers[#numbers + 1] = redis.call('ZCARD', KEYS[index]) end
local curtain = redis.call('HMGET', KEYS[4], 'curtain', 'version')
return {epoch, tonumber(offset or 0), posts, numbers, last or false, curtain[1], curtain[2]}
