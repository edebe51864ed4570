-- Reads what of the ledger has changed since a version, all of one moment unless that is too much for one step.
-- KEYS  head, versions of blocks, beginning of the ledger's keys    ARGV  version, most blocks in one step
-- Returns {head as it is kept, blocks that changed, what is in them, or nothing where there are too many}.
local names = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf')
local texts = {}
if #names <= tonumber(ARGV[2]) then
  for index, name in ipairs(names) do texts[index] = redis.call('GET', KEYS[3] .. name) or '' end
end
return {redis.call('HGETALL', KEYS[1]), names, texts}
