-- Takes in a post that was never seen before.
-- KEYS  post, aliases, arrivals, posts of its status, posts of its source, public feed, its head, desk feed, its head,
--       its author's pace, duplicates, posts of its author, restricted authors, posts that wait, who left, the event's secret,
--       what was turned away for that, refused posts by their cause, the newest posts, authors on the wall, due, how strict
--       judging is, cards, unsettled cards, beginning of a post's key, posts that are answered by how often
-- ARGV  change {id, author, version, was, status, paced, sketch, delay, at (ms), epoch, cause if refused, strictness it was judged with
--       if that counts, and what regroup, clues and tie want, with the `card` that it joins} as JSON, standing
--       as JSON, its author, the standing if that author is restricted or empty where that is the same, then the post's aliases
-- Returns 1, 0 when the post is here already or its author left, or -1 when it is to be judged anew.
local post, aliases, arrivals, with_status, with_source = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local by_author, restricted = KEYS[12], KEYS[13]
local change = cjson.decode(ARGV[1])
local standing, author, standing_if_restricted = ARGV[2], ARGV[3], ARGV[4]

if outdated(KEYS[22], change.strictness) then return -1 end
if redis.call('EXISTS', post) == 0 and has_left(KEYS[15], KEYS[16], author) then
  redis.call('PFADD', KEYS[17], change.id)
  return 0
end
for index = 5, #ARGV do redis.call('HSET', aliases, ARGV[index], change.id) end
-- What we answered at a network ourselves comes back by its sources; the answer is here already.
if redis.call('EXISTS', post) == 1 or redis.call('HEXISTS', aliases, change.id) == 1 then return 0 end
if overtaken(change) then return -1 end
if change.joins then
  change.lead = lead_of(KEYS[23], KEYS[25], change.card, change.id)
  if not change.lead then return -1 end
end

-- Judged before a moderator restricted its author, or everyone, and here only now.
if standing_if_restricted ~= '' and (redis.call('HEXISTS', restricted, author) == 1 or redis.call('HEXISTS', restricted, '') == 1) then
  standing, change.status, with_status = standing_if_restricted, 'waiting', KEYS[14]
  change.delay, change.lead = nil, nil
end

local arrived = redis.call('INCR', arrivals)
redis.call('HSET', post,
  'standing', standing, 'version', change.version, 'status', change.status, 'arrived', arrived)
credit(KEYS[20], change)
put_off(KEYS[21], change)
regroup(KEYS[23], KEYS[24], change)
leave_clues(change)
redis.call('ZADD', with_source, arrived, change.id)
redis.call('ZREMRANGEBYRANK', with_source, 0, -1001)
redis.call('ZADD', by_author, arrived, change.id)

local told
if change.status == 'approved' then told = append(KEYS[6], KEYS[7], 'posted', change) end
local place = append(KEYS[8], KEYS[9], 'submitted', change)
if change.status == 'approved' then place = told end
if change.status == 'waiting' then place = arrived end
redis.call('ZADD', with_status, place, change.id)
tie(KEYS[26], KEYS[25], KEYS[6], KEYS[7], change)
local replies = redis.call('ZSCORE', KEYS[26], change.id)
if replies then redis.call('HSET', post, 'replies', replies) end
retell(KEYS[26], KEYS[25], KEYS[6], KEYS[7], KEYS[8], KEYS[9], change)
redis.call('LPUSH', KEYS[19], change.id)
redis.call('LTRIM', KEYS[19], 0, 499)
if change.paced and redis.call('INCR', KEYS[10]) == 1 then redis.call('PEXPIRE', KEYS[10], 60000) end
if change.sketch ~= '' then
  redis.call('XADD', KEYS[11], 'MAXLEN', '~', 2000, '*', 'post', change.id, 'sketch', change.sketch)
end
if change.cause then redis.call('HINCRBY', KEYS[18], change.cause, 1) end
return 1
