-- Notes who passed a post on that is on the wall, but for those who left the event, and has the ledger look at it again.
-- KEYS  post, who passed it on, posts that the ledger is to look at again, who left, the event's secret, then for each of
--       them the posts that they passed on
-- ARGV  id, when it was heard (ms), most people of a post, then their uids
-- Returns how many of them are news.
local post, amplifiers = KEYS[1], KEYS[2]
if redis.call('HGET', post, 'status') ~= 'approved' then return 0 end
local room, news = tonumber(ARGV[3]) - redis.call('ZCARD', amplifiers), 0
for index = 4, #ARGV do
  if news < room and not has_left(KEYS[4], KEYS[5], ARGV[index])
    and redis.call('ZADD', amplifiers, 'NX', ARGV[2], ARGV[index]) == 1 then
    redis.call('SADD', KEYS[index + 2], ARGV[1])
    news = news + 1
  end
end
if news > 0 then redis.call('SADD', KEYS[3], ARGV[1]) end
return news
