-- Reads which posts go on the wall by themselves, the next ones first, with the event and the time, at one moment.
-- KEYS  due, event    ARGV  how many    Returns {milliseconds by the clock of Redis, the event, {id, at, …}}.
local time = redis.call('TIME')
local rows = redis.call('ZRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')
return {time[1] * 1000 + math.floor(time[2] / 1000), redis.call('GET', KEYS[2]), rows}
