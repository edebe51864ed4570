-- Takes back the ballot of a participant, as if there had been none; a word that nobody else said is forgotten, struck or not.
-- KEYS  ballots of the poll, its tally, its words, what is untold
-- ARGV  participant, the name under which it is told    Returns 1 when there was one, else 0.
local before = redis.call('HGET', KEYS[1], ARGV[1])
if not before then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
for _, choice in ipairs(cjson.decode(before)) do
  if redis.call('HINCRBY', KEYS[2], choice, -1) <= 0 then
    redis.call('HDEL', KEYS[2], choice)
    redis.call('HDEL', KEYS[3], choice)
  end
end
redis.call('SADD', KEYS[4], ARGV[2])
return 1
