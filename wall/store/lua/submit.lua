-- Takes in a post that was never seen before.
-- KEYS  post, aliases, arrivals, posts of its status, posts of its source, public feed, its head, desk feed, its head,
--       its author's pace, duplicates, the newest posts
-- ARGV  change {id, version, was, status, paced, sketch, at (ms), epoch} as JSON, standing as JSON, then the post's aliases
-- Returns 1, or 0 when the post is here already.
local post, aliases, arrivals, with_status, with_source = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local change = cjson.decode(ARGV[1])

for index = 3, #ARGV do redis.call('HSET', aliases, ARGV[index], change.id) end
if redis.call('EXISTS', post) == 1 then return 0 end

local arrived = redis.call('INCR', arrivals)
redis.call('HSET', post,
  'standing', ARGV[2], 'version', change.version, 'status', change.status, 'arrived', arrived)
redis.call('ZADD', with_source, arrived, change.id)
redis.call('ZREMRANGEBYRANK', with_source, 0, -1001)

local told
if change.status == 'approved' then told = append(KEYS[6], KEYS[7], 'posted', change) end
local place = append(KEYS[8], KEYS[9], 'submitted', change)
if change.status == 'approved' then place = told end
if change.status == 'waiting' then place = arrived end
redis.call('ZADD', with_status, place, change.id)
redis.call('LPUSH', KEYS[12], change.id)
redis.call('LTRIM', KEYS[12], 0, 499)
if change.paced and redis.call('INCR', KEYS[10]) == 1 then redis.call('PEXPIRE', KEYS[10], 60000) end
if change.sketch ~= '' then
  redis.call('XADD', KEYS[11], 'MAXLEN', '~', 2000, '*', 'post', change.id, 'sketch', change.sketch)
end
return 1
