-- Reads posts with all that is kept of each, every one as it stands at one moment.
-- KEYS  beginning of a post's key, of the key of a status    ARGV  ids
-- Returns for each: standing, arrived, copies, replies, reactions, spoken, what a moderator says of how it sounds, status,
-- place among the posts of that status.
local found = {}
for index, id in ipairs(ARGV) do
  local row = redis.call('HMGET', KEYS[1] .. id,
    'standing', 'arrived', 'copies', 'replies', 'reactions', 'spoken', 'mood_said', 'status')
  row[9] = row[8] and redis.call('ZSCORE', KEYS[2] .. row[8], id)
  found[index] = row
end
return found
