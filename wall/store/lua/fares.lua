-- Adds what just happened to how a source fares. Of errors, of reasons and of lags only the newest are kept.
-- KEYS  the record, how many posts came when, the source's lease
-- ARGV  what happened {holder if that counts, at (ms), slot (which stretch of time), slots (that are kept), seconds (they are kept),
--       state, detail, blind (JSON), error, reasons, lags, next_try (ms or ''), posts, edits, deletes} as JSON
-- Returns 1, or 0 when somebody else has the lease: what happened to them counts.
local record, arrivals, lease = KEYS[1], KEYS[2], KEYS[3]
local happened = cjson.decode(ARGV[1])
local RING, LAGS = 5, 50

if happened.holder and redis.call('GET', lease) ~= happened.holder then return 0 end

local function kept(field)
  local row = redis.call('HGET', record, field)
  return row and cjson.decode(row) or {}
end

local function remember(field, words)
  local ring = kept(field)
  if ring[1] and ring[1].words == words then
    ring[1].times = ring[1].times + 1
    ring[1].last = happened.at
  else
    table.insert(ring, 1, {words = words, times = 1, first = happened.at, last = happened.at})
    ring[RING + 1] = nil
  end
  redis.call('HSET', record, field, cjson.encode(ring))
end

if happened.state then
  if redis.call('HGET', record, 'state') ~= happened.state then redis.call('HSET', record, 'since', happened.at) end
  redis.call('HSET', record, 'state', happened.state)
end
if happened.detail then redis.call('HSET', record, 'detail', happened.detail) end
if happened.blind then redis.call('HSET', record, 'blind', happened.blind) end
redis.call('HSET', record, 'next_try', happened.next_try)

if happened.error then remember('errors', happened.error) end
for _, reason in ipairs(happened.reasons) do remember('reasons', reason) end

for _, field in ipairs({'posts', 'edits', 'deletes'}) do
  if happened[field] > 0 then redis.call('HINCRBY', record, field, happened[field]) end
end
if #happened.reasons > 0 then redis.call('HINCRBY', record, 'set_aside', #happened.reasons) end

if happened.posts > 0 then
  redis.call('HSET', record, 'last_post', happened.at)
  if redis.call('HINCRBY', arrivals, happened.slot, happened.posts) == happened.posts then
    for _, slot in ipairs(redis.call('HKEYS', arrivals)) do
      if tonumber(slot) <= happened.slot - happened.slots then redis.call('HDEL', arrivals, slot) end
    end
  end
  redis.call('EXPIRE', arrivals, happened.seconds)
end

if #happened.lags > 0 then
  local lags = happened.lags
  for _, lag in ipairs(kept('lags')) do
    if #lags < LAGS then table.insert(lags, lag) end
  end
  redis.call('HSET', record, 'lags', cjson.encode(lags))
end
return 1
