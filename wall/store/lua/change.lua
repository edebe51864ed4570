-- Changes how a post stands, if it still stands as it was read; and along with it another one of its card.
-- KEYS  post, posts of the old status, posts of the new status, pinned posts, public feed, its head, desk feed, its head, decision,
--       refused pictures, holds, the newest decisions of who decided, refused posts by their cause, audit log, people in it,
--       authors on the wall, first approvals (post to who gave it), cards, unsettled cards, beginning of a post's key, due,
--       approvals of authors, what speaks against authors, how strict judging is, posts that are answered by how often
-- ARGV  change {id, author, read (version), version, was, status, pinned, public, desk, at (ms), epoch, cause_was, cause, and
--       where they differ what was and is kept of its refused pictures: unrefused, refused, most; what put_off, ladder,
--       regroup, tie and retell want, whether it `joins` a card, the change of another post `along` with its standing and the keys post, old
--       and new; who gave the first of two approvals, if it needs another, strictness an edit was judged with} as JSON,
--       standing as JSON, answer, the decision as its moderator is reminded of it or empty, entry as JSON or
--       empty, by, name
-- Returns the answer, or the answer of the first time when this decision was taken before, or nil when the post moved,
-- or -1 when an edit is to be judged anew.
local decision, cards, posts = KEYS[9], KEYS[18], KEYS[20]
local change = cjson.decode(ARGV[1])
local along = change.along

local before = ARGV[3] ~= '' and redis.call('GET', decision)
if before then return before end
if outdated(KEYS[24], change.strictness) then return -1 end
if tonumber(redis.call('HGET', KEYS[1], 'version')) ~= change.read then return false end
if along and tonumber(redis.call('HGET', along.post, 'version')) ~= along.read then return false end
if change.joins then
  change.lead = lead_of(cards, posts, change.card, change.id)
  if not change.lead then return false end
end
if change.leads and not along and lead_of(cards, posts, change.card, change.id) then return false end

stand(change, ARGV[2], KEYS[1], KEYS[2], KEYS[3])
if along then stand(along, along.standing, along.post, along.old, along.new) end

-- A null of JSON is no string.
if type(change.unrefused) == 'string' then redis.call('ZREM', KEYS[10], change.unrefused) end
if type(change.refused) == 'string' then
  redis.call('ZADD', KEYS[10], change.at, change.refused)
  redis.call('ZREMRANGEBYRANK', KEYS[10], 0, -1 - change.most)
end
if type(change.refused) == 'string' or change.blame == true then redis.call('INCR', KEYS[24]) end
if change.cause_was ~= change.cause then
  if change.cause_was then redis.call('HINCRBY', KEYS[13], change.cause_was, -1) end
  if change.cause then redis.call('HINCRBY', KEYS[13], change.cause, 1) end
end
if change.first then redis.call('HSET', KEYS[17], change.id, change.first) else redis.call('HDEL', KEYS[17], change.id) end
-- What the team writes on a post leaves it with whoever holds it.
if change.desk ~= 'noted' and change.desk ~= 'described' then redis.call('HDEL', KEYS[11], change.id) end
if along then redis.call('HDEL', KEYS[11], along.id) end
if ARGV[3] ~= '' then redis.call('SET', decision, ARGV[3], 'EX', 86400) end
if ARGV[4] ~= '' then
  redis.call('LPUSH', KEYS[12], ARGV[4])
  redis.call('LTRIM', KEYS[12], 0, 99)
  redis.call('EXPIRE', KEYS[12], 86400)
end
note(KEYS[14], KEYS[15], ARGV[5], ARGV[6], ARGV[7])
return ARGV[3]
