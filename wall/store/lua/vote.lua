-- Gives somebody's vote to a question on the wall, or takes it back. Once given it is given, however often it is sent.
-- KEYS  questions, sessions that are closed, what is untold
-- ARGV  beginning of a post's key, of the key of a question's votes, of a session's voters, id of the question's post,
--       participant, the vote as it is kept, 1 to give it or 0 to take it back, at (ms)
-- Returns the id of the question that it counts for, or nil when there is none on the wall, when it is answered, or when
-- its session is closed. One that was merged into another on the wall counts there.
local questions, at = KEYS[1], ARGV[8]
local function shown(id) return redis.call('HGET', ARGV[1] .. id, 'status') == 'approved' end
local function read(id)
  local kept = redis.call('HGET', questions, id)
  return kept and cjson.decode(kept)
end

local id, question = ARGV[4], read(ARGV[4])
if not question or not shown(id) then return false end
local lead = question.merged ~= '' and shown(question.merged) and read(question.merged)
if lead then id, question = question.merged, lead end
if question.state == 'answered' or redis.call('HEXISTS', KEYS[2], question.session) == 1 then return false end

local changed = 0
if ARGV[7] == '1' then
  changed = redis.call('HSETNX', ARGV[2] .. id, ARGV[5], ARGV[6])
else
  changed = redis.call('HDEL', ARGV[2] .. id, ARGV[5])
  local into = '"merged":"' .. id .. '"'
  for _, kept in ipairs(redis.call('HVALS', questions)) do
    if string.find(kept, into, 1, true) then
      changed = changed + redis.call('HDEL', ARGV[2] .. cjson.decode(kept).post_id, ARGV[5])
    end
  end
end
redis.call('ZADD', ARGV[3] .. question.session, at, ARGV[5])
if changed > 0 then redis.call('SADD', KEYS[3], ':questions') end
return id
