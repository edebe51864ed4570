-- Takes away answers to decisions that tell of an author's post; whoever sends one again is told how the post stands now.
-- KEYS  the event, which says where to look    ARGV  cursor, beginning of the names, how many to look at, the author's uid as JSON
-- Returns the next cursor, '0' at the end.
local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2] .. '*', 'COUNT', ARGV[3])
for _, key in ipairs(page[2]) do
  local kept = redis.call('GET', key)
  if kept and string.find(kept, ARGV[4], 1, true) then redis.call('UNLINK', key) end
end
return page[1]
