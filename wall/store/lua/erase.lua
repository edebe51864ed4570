-- Takes away some of the keys of an event, whatever they are.
-- KEYS  the event, which says where to look    ARGV  cursor, beginning of the names, how many to look at
-- Returns the next cursor, '0' at the end, and how many keys were taken away.
local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2] .. '*', 'COUNT', ARGV[3])
for _, key in ipairs(page[2]) do redis.call('UNLINK', key) end
return {page[1], #page[2]}
