-- Given before every script that takes posts in.
-- A clue is what posts of one person, or copies of one post, have in common; it keeps the newest of each network, for a
-- while: ";network:id,id;network:id".
-- others: returns what a clue says of other networks.
local function others(clue, network)
  return (string.gsub(clue, ';' .. network .. ':[^;]*', ''))
end
-- overtaken: tells whether a post of another network came meanwhile that this one was not held against.
local function overtaken(change)
  for _, clue in ipairs(change.clues or {}) do
    if others(redis.call('GET', clue.key) or '', change.network) ~= clue.seen then return true end
  end
  return false
end
-- leave_clues: lets later posts be held against this one.
local function leave_clues(change)
  for _, clue in ipairs(change.clues or {}) do
    local kept = redis.call('GET', clue.key) or ''
    local mine = string.match(kept, ';' .. change.network .. ':([^;]*)')
    local ids = string.sub(change.id .. (mine and ',' .. mine or ''), 1, change.clue_length)
    redis.call('SET', clue.key, others(kept, change.network) .. ';' .. change.network .. ':' .. ids, 'EX', clue.seconds)
  end
end
