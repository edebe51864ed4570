-- Writes where posts of a chat are gathered, counts them, and says up to where that was read, all in one step.
-- KEYS  head, place of each post, posts by time, posts to be looked at again, what editions come to, untold, beginning of
--       what is gathered
-- ARGV  the head as it was read, as it is to be, the changes, posts to look at again by now, and those that were, each as JSON.
--       A change is {id, ms (when it was written; none for what is not on the wall), before, after}; before and after are places
--       as JSON, or empty.
-- Returns 1, or 0 when the head or one of the places is not as it was read: somebody else was faster.
local head, places, by_time, stale, sums, untold, gathered = unpack(KEYS)
local expected, reached, changes = cjson.decode(ARGV[1]), cjson.decode(ARGV[2]), cjson.decode(ARGV[3])

for name, value in pairs(expected) do
  if (redis.call('HGET', head, name) or '') ~= value then return 0 end
end
for _, change in ipairs(changes) do
  if (redis.call('HGET', places, change.id) or '') ~= change.before then return 0 end
end

local function add(hash, field, by)
  if redis.call('HINCRBY', hash, field, by) == 0 then redis.call('HDEL', hash, field) end
end

-- Who was met in which editions: the first of them is where they are new.
local function meet(author, edition, here)
  local met = gathered .. 'met:' .. redis.sha1hex(author)
  local before = redis.call('ZRANGE', met, 0, 0)[1]
  if here then redis.call('ZADD', met, edition, edition) else redis.call('ZREM', met, edition) end
  local after = redis.call('ZRANGE', met, 0, 0)[1]
  if before == after then return end
  if before then add(gathered .. before .. ':counts', 'new', -1) end
  if after then add(gathered .. after .. ':counts', 'new', 1) end
end

-- A language says where somebody is only while nothing else is known; what they say themselves always holds.
local function locate(counts, where, place)
  local before = redis.call('HGET', where, place.author)
  if place.continent == '' and not place.own then return end
  if before == place.continent or (before and not place.own) then return end
  if before then
    redis.call('HDEL', where, place.author)
    add(counts, 'in:' .. before, -1)
  end
  if place.continent ~= '' then
    redis.call('HSET', where, place.author, place.continent)
    add(counts, 'in:' .. place.continent, 1)
  end
end

local function count(place, by)
  local own = gathered .. place.edition .. ':'
  local counts, where = own .. 'counts', own .. 'where'
  add(counts, 'posts', by)
  add(sums, place.edition .. ':posts', by)
  add(counts, 'at:' .. place.minute, by)
  if place.host then add(counts, 'hosts', by) end
  if place.part == 'answer' then add(counts, 'to:' .. place.question, by) end
  local theirs = tonumber(redis.call('ZINCRBY', own .. 'people', by, place.author))
  if theirs <= 0 then
    redis.call('ZREM', own .. 'people', place.author)
    add(sums, place.edition .. ':people', -1)
    meet(place.author, place.edition, false)
    local known = redis.call('HGET', where, place.author)
    if known then
      redis.call('HDEL', where, place.author)
      add(counts, 'in:' .. known, -1)
    end
    return
  end
  if by > 0 and theirs == by then
    add(sums, place.edition .. ':people', 1)
    meet(place.author, place.edition, true)
  end
  if by > 0 then locate(counts, where, place) end
end

local function list(id, place, ms)
  local key, member = gathered .. place.edition .. ':posts:' .. place.question, id
  if place.part == 'question' then key, member = gathered .. place.edition .. ':asked', place.question .. ' ' .. id end
  if ms then redis.call('ZADD', key, ms, member) else redis.call('ZREM', key, member) end
end

local changed = false
for _, change in ipairs(changes) do
  if change.ms then redis.call('ZADD', by_time, change.ms, change.id) else redis.call('ZREM', by_time, change.id) end
  if change.before ~= change.after then
    changed = true
    -- Added before it is taken away, so that nobody who stays is counted as gone in between.
    local before = change.before ~= '' and cjson.decode(change.before)
    if change.after ~= '' then
      local after = cjson.decode(change.after)
      count(after, 1)
      if before then
        list(change.id, before)
        count(before, -1)
      end
      list(change.id, after, change.ms)
      redis.call('HSET', places, change.id, change.after)
    else
      list(change.id, before)
      count(before, -1)
      redis.call('HDEL', places, change.id)
    end
  end
end
for _, id in ipairs(cjson.decode(ARGV[5])) do redis.call('SREM', stale, id) end
for _, id in ipairs(cjson.decode(ARGV[4])) do redis.call('SADD', stale, id) end
for name, value in pairs(reached) do redis.call('HSET', head, name, value) end
if changed then redis.call('SADD', untold, ':chat') end
return 1
