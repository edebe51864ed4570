-- Gives a post on the wall a reaction of a participant, or takes it back; feeds are told of it with what else is untold.
-- KEYS  post, its reactions by participant, posts that the participant reacted to, what is untold
-- ARGV  id, participant, reaction, “yes” to give it, “no” to take it back or empty for the other of both, most participants of
--       a post, most posts of a participant, seconds for which theirs are remembered
-- Returns what the participant has given the post by now, parted by blanks, and all that it has, as JSON or empty; nil when it is
-- not on the wall, -1 or -2 when there are too many participants or posts.
local post, given, posts = KEYS[1], KEYS[2], KEYS[3]
if redis.call('HGET', post, 'status') ~= 'approved' then return false end
local before = redis.call('HGET', given, ARGV[2]) or ''
local others, has = {}, false
for key in string.gmatch(before, '%S+') do
  if key == ARGV[3] then has = true else others[#others + 1] = key end
end
local wanted = ARGV[4] == 'yes' or (ARGV[4] == '' and not has)
local now = before
if wanted ~= has then
  if before == '' then
    if redis.call('HLEN', given) >= tonumber(ARGV[5]) then return -1 end
    if redis.call('SCARD', posts) >= tonumber(ARGV[6]) then return -2 end
  end
  if wanted then others[#others + 1] = ARGV[3] end
  now = table.concat(others, ' ')
  if now == '' then
    redis.call('HDEL', given, ARGV[2])
    redis.call('SREM', posts, ARGV[1])
  else
    redis.call('HSET', given, ARGV[2], now)
    redis.call('SADD', posts, ARGV[1])
    redis.call('EXPIRE', posts, ARGV[7])
  end
  count_reaction(post, ARGV[3], wanted and 1 or -1)
  redis.call('SADD', KEYS[4], ARGV[1])
end
return {now, redis.call('HGET', post, 'reactions') or ''}
