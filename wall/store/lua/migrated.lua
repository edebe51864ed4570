-- Notes how far a migration got, or that it is done, unless an older program came in between and it must begin anew.
-- KEYS  what is kept    ARGV  the schema it leads to, event, place in it, 1 when it is done    Returns 1 when noted, else 0.
local kept, target = KEYS[1], ARGV[1]
if redis.call('HGET', kept, 'run') ~= target then return 0 end
if ARGV[4] == '1' then
  redis.call('HSET', kept, 'number', target)
  redis.call('HDEL', kept, 'run', 'slug', 'place')
else
  redis.call('HSET', kept, 'slug', ARGV[2], 'place', ARGV[3])
end
return 1
