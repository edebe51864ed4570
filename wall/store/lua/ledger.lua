-- Writes a step of the ledger: rows, ties and names, and up to where the feeds were read, if nobody wrote since it was read.
-- KEYS  head, rows of posts by id, versions of blocks, posts to be looked at again, beginning of the ledger's keys
-- ARGV  the version that was read, names in one block, and the step as MessagePack: {head, places, gone (ids), writes (block,
--       offset, bytes), named (kind, name, place), uses (kind, place, how many more or fewer), again, done}
-- Returns 1, or 0 when somebody else was faster. A name that nothing has any more is forgotten; its place stays empty.
local head, places, blocks, stale, ledger = unpack(KEYS)
local many, step = tonumber(ARGV[2]), cmsgpack.unpack(ARGV[3])

if (redis.call('HGET', head, 'version') or '0') ~= ARGV[1] then return 0 end
local version = redis.call('HINCRBY', head, 'version', 1)

local touched = {}
local function block_of(kind, place)
  local block = 'names:' .. kind .. ':' .. math.floor(place / many)
  touched[block] = true
  return ledger .. block
end

local function forget(kind, place)
  local key = block_of(kind, place)
  local text, from = redis.call('GET', key), 1
  for _ = 1, place % many do from = (string.find(text, '\n', from, true) or #text) + 1 end
  local to = string.find(text, '\n', from, true)
  if not to then return end
  redis.call('HDEL', ledger .. 'names:' .. kind, string.sub(text, from, to - 1))
  redis.call('SET', key, string.sub(text, 1, from - 1) .. string.sub(text, to))
end

for _, write in ipairs(step.writes) do
  redis.call('SETRANGE', ledger .. write[1], write[2], write[3])
  touched[write[1]] = true
end
for _, named in ipairs(step.named) do
  redis.call('APPEND', block_of(named[1], named[3]), named[2] .. '\n')
  if named[2] ~= '' then redis.call('HSET', ledger .. 'names:' .. named[1], named[2], named[3]) end
end
for _, use in ipairs(step.uses) do
  local uses = ledger .. 'uses:' .. use[1]
  if redis.call('HINCRBY', uses, use[2], use[3]) <= 0 then
    redis.call('HDEL', uses, use[2])
    forget(use[1], use[2])
  end
end
for _, place in ipairs(step.places) do redis.call('HSET', places, place[1], place[2]) end
for _, id in ipairs(step.gone) do redis.call('HDEL', places, id) end
for _, id in ipairs(step.done) do redis.call('SREM', stale, id) end
for _, id in ipairs(step.again) do redis.call('SADD', stale, id) end
for name, value in pairs(step.head) do redis.call('HSET', head, name, value) end
for block in pairs(touched) do redis.call('ZADD', blocks, version, block) end
return 1
