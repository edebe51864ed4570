-- Keeps the ballot of a participant in place of their earlier one, and counts it in the same step. The same again changes
-- nothing; a word that nobody says any more is forgotten, unless a moderator struck it.
-- KEYS  polls, ballots of the poll, its tally, its words, its crowds, what is untold
-- ARGV  id of the poll, the poll as it was read, participant, choices as JSON, the name under which it is told, crowd (empty
--       for none), for how many seconds crowds are kept, then for each word: its folded form, how it stands if it is new
-- Returns 1 when counted, 0 when it was already, -1 when the poll is another one by now.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return -1 end
local before = redis.call('HGET', KEYS[2], ARGV[3])
if before == ARGV[4] then return 0 end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
for at = 8, #ARGV, 2 do redis.call('HSETNX', KEYS[4], ARGV[at], ARGV[at + 1]) end
for _, choice in ipairs(cjson.decode(ARGV[4])) do redis.call('HINCRBY', KEYS[3], choice, 1) end
for _, choice in ipairs(before and cjson.decode(before) or {}) do
  if redis.call('HINCRBY', KEYS[3], choice, -1) <= 0 then
    redis.call('HDEL', KEYS[3], choice)
    local word = redis.call('HGET', KEYS[4], choice)
    if word and string.sub(word, 1, 7) ~= 'struck:' then redis.call('HDEL', KEYS[4], choice) end
  end
end
if not before and ARGV[6] ~= '' then
  redis.call('HINCRBY', KEYS[5], ARGV[6], 1)
  if redis.call('TTL', KEYS[5]) < 0 then redis.call('EXPIRE', KEYS[5], ARGV[7]) end
end
redis.call('SADD', KEYS[6], ARGV[5])
return 1
