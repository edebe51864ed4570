-- Tells the public feed, once for each, of what was counted since this ran last, and both feeds of what is no post.
-- KEYS  what is untold, public feed, its head, desk feed, its head    ARGV  beginning of a post's key, change {at (ms), epoch}
-- What is untold are ids of posts, and after a colon the names of other things. Returns how many were told.
local change = cjson.decode(ARGV[2])
local things = redis.call('SMEMBERS', KEYS[1])
redis.call('DEL', KEYS[1])
for _, thing in ipairs(things) do
  local told = {id = thing, at = change.at, epoch = change.epoch}
  if string.sub(thing, 1, 1) == ':' then
    told.id, told.version, told.was, told.status = '', 0, '', string.sub(thing, 2)
    append(KEYS[2], KEYS[3], 'arranged', told)
    append(KEYS[4], KEYS[5], 'arranged', told)
  else
    local stands = redis.call('HMGET', ARGV[1] .. thing, 'version', 'status')
    if stands[2] == 'approved' then
      told.version, told.was, told.status = stands[1], stands[2], stands[2]
      append(KEYS[2], KEYS[3], 'counted', told)
    end
  end
end
return #things
