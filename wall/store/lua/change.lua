-- Changes how a post stands, if it still stands as it was read.
-- KEYS  post, posts of the old status, posts of the new status, pinned posts, public feed, its head, desk feed, its head, decision,
--       refused pictures, holds, the newest decisions of who decided, refused posts by their cause, audit log, people in it,
--       authors on the wall, first approvals (post to who gave it), due, approvals of authors, what speaks against authors,
--       how strict judging is
-- ARGV  change {id, author, read (version), version, was, status, pinned, public, desk, at (ms), epoch, cause_was, cause, and
--       where they differ what was and is kept of its refused pictures: unrefused, refused, most; what put_off and ladder
--       want, and who gave the first of two approvals, if it needs another, strictness an edit was judged with} as JSON, standing as JSON, answer, the decision as its moderator is reminded of it or empty, entry as JSON or
--       empty, by, name
-- Returns the answer, or the answer of the first time when this decision was taken before, or nil when the post moved,
-- or -1 when an edit is to be judged anew.
local post, old, new, pinned, decision = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[9]
local change = cjson.decode(ARGV[1])

local before = ARGV[3] ~= '' and redis.call('GET', decision)
if before then return before end
if outdated(KEYS[21], change.strictness) then return -1 end
if tonumber(redis.call('HGET', post, 'version')) ~= change.read then return false end

redis.call('HSET', post, 'standing', ARGV[2], 'version', change.version, 'status', change.status)
credit(KEYS[16], change)
put_off(KEYS[18], change)
ladder(KEYS[19], KEYS[20], change)
local told
if change.public then told = append(KEYS[5], KEYS[6], change.public, change) end
local place = append(KEYS[7], KEYS[8], change.desk, change)

if old ~= new then
  redis.call('ZREM', old, change.id)
  if change.status == 'approved' then place = told end
  if change.status == 'waiting' then place = redis.call('HGET', post, 'arrived') end
  redis.call('ZADD', new, place, change.id)
end
if told then redis.call('HSET', post, 'told', told) end
if change.pinned then
  if not redis.call('ZSCORE', pinned, change.id) then redis.call('ZADD', pinned, told or place, change.id) end
else
  redis.call('ZREM', pinned, change.id)
end
-- A null of JSON is no string.
if type(change.unrefused) == 'string' then redis.call('ZREM', KEYS[10], change.unrefused) end
if type(change.refused) == 'string' then
  redis.call('ZADD', KEYS[10], change.at, change.refused)
  redis.call('ZREMRANGEBYRANK', KEYS[10], 0, -1 - change.most)
end
if type(change.refused) == 'string' or change.blame == true then redis.call('INCR', KEYS[21]) end
if change.cause_was ~= change.cause then
  if change.cause_was then redis.call('HINCRBY', KEYS[13], change.cause_was, -1) end
  if change.cause then redis.call('HINCRBY', KEYS[13], change.cause, 1) end
end
if change.first then redis.call('HSET', KEYS[17], change.id, change.first) else redis.call('HDEL', KEYS[17], change.id) end
-- What the team writes on a post leaves it with whoever holds it.
if change.desk ~= 'noted' and change.desk ~= 'described' then redis.call('HDEL', KEYS[11], change.id) end
if ARGV[3] ~= '' then redis.call('SET', decision, ARGV[3], 'EX', 86400) end
if ARGV[4] ~= '' then
  redis.call('LPUSH', KEYS[12], ARGV[4])
  redis.call('LTRIM', KEYS[12], 0, 99)
  redis.call('EXPIRE', KEYS[12], 86400)
end
note(KEYS[14], KEYS[15], ARGV[5], ARGV[6], ARGV[7])
return ARGV[3]
