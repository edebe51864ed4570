-- Given before every script that notes an act in the audit log.
-- note: adds an entry under the next number, and remembers the name of who acted; an empty entry is none.
local function note(log, people, entry, by, name)
  if entry == '' then return end
  local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  local number = last and tonumber(string.match(last[1], '^%d+')) + 1 or 1
  redis.call('XADD', log, number .. '-0', 'entry', entry)
  redis.call('HSET', people, by, name)
end
