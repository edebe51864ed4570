-- Renews a desk's place in the team, and has it hold the oldest waiting posts that nobody else at work holds: the one
-- on its stage first, and never more than its share. What its person approved as the first of two is not for them.
-- KEYS  desks, holds (post to desk), waiting posts, turns, the team's channel, first approvals (post to who gave it)
-- ARGV  ask {desk, person, name, now, here and busy (until, all in ms), posts (at most), post (on its stage)} as JSON
-- Returns the posts it holds, in the order in which it may take them up.
local desks, holds, waiting = KEYS[1], KEYS[2], KEYS[3]
local ask = cjson.decode(ARGV[1])
local changed = redis.call('HSET', desks, ask.desk, ARGV[1]) == 1

local busy, many = {}, 0
local rows = redis.call('HGETALL', desks)
for index = 1, #rows, 2 do
  local desk = cjson.decode(rows[index + 1])
  if desk.here <= ask.now then changed = redis.call('HDEL', desks, rows[index]) == 1 or changed
  elseif desk.busy > ask.now then busy[rows[index]] = true; many = many + 1 end
end

local mine, taken, others = {}, {}, 0
rows = redis.call('HGETALL', KEYS[6])
for index = 1, #rows, 2 do
  if rows[index + 1] == ask.person then taken[rows[index]] = true; others = others + 1 end
end
rows = redis.call('HGETALL', holds)
for index = 1, #rows, 2 do
  local post, desk = rows[index], rows[index + 1]
  if desk == ask.desk then mine[post] = true
  elseif busy[desk] and redis.call('ZSCORE', waiting, post) then taken[post] = true; others = others + 1
  else redis.call('HDEL', holds, post) end
end

local held, wanted, share = {}, {}, 0
if busy[ask.desk] then
  share = math.max(1, math.min(ask.posts, math.ceil(redis.call('ZCARD', waiting) / many)))
  wanted = redis.call('ZRANGE', waiting, 0, others + share - 1)
  if redis.call('ZSCORE', waiting, ask.post) then table.insert(wanted, 1, ask.post) end
end
for _, post in ipairs(wanted) do
  if #held < share and not taken[post] then
    held[#held + 1], taken[post] = post, true
    if mine[post] then mine[post] = nil else changed = redis.call('HSET', holds, post, ask.desk) == 1 or changed end
  end
end
for post in pairs(mine) do changed = redis.call('HDEL', holds, post) == 1 or changed end

if changed then redis.call('PUBLISH', KEYS[5], redis.call('INCR', KEYS[4])) end
return held
