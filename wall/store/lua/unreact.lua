-- Takes all reactions of a participant back.
-- KEYS  posts that the participant reacted to, what is untold, beginning of a post's key    ARGV  participant
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local post = KEYS[3] .. id
  local given = redis.call('HGET', post .. ':reactions', ARGV[1])
  if given then
    for key in string.gmatch(given, '%S+') do count_reaction(post, key, -1) end
    redis.call('HDEL', post .. ':reactions', ARGV[1])
    redis.call('SADD', KEYS[2], id)
  end
end
redis.call('DEL', KEYS[1])
return 1
