-- Given before every script that takes posts in.
-- A clue is what posts of one person, or copies of one post, have in common; it keeps the newest of each network, for a
-- while: ";network:id,id;network:id". A post has clues by name first, and after these by its author.
-- others: returns what a clue says of other networks.
local function others(clue, network)
  if clue == '' then return clue end
  return (string.gsub(clue, ';' .. network .. ':[^;]*', ''))
end
-- overtaken: tells whether a post came meanwhile that this one was not held against: another of its names, or one of another
-- network by its author. What the clues say is remembered for leave_clues.
local function overtaken(change)
  if not change.clues then return false end
  local kept, said = redis.call('MGET', unpack(change.clues)), change.clues_said or {}
  for place, clue in ipairs(kept) do
    kept[place] = clue or ''
    local found = place > change.clue_names and others(kept[place], change.network) or kept[place]
    if found ~= (said[place] or '') then return true end
  end
  change.clues_kept = kept
  return false
end
-- leave_clues: lets later posts be held against this one.
local function leave_clues(change)
  for place, clue in ipairs(change.clues_kept or {}) do
    local mine = string.match(clue, ';' .. change.network .. ':([^;]*)')
    local ids = string.sub(change.id .. (mine and ',' .. mine or ''), 1, change.clue_length)
    local seconds = change.clue_seconds[place > change.clue_names and 2 or 1]
    redis.call('SET', change.clues[place], others(clue, change.network) .. ';' .. change.network .. ':' .. ids, 'EX', seconds)
  end
end
