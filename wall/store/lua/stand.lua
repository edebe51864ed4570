-- Given before change, whose KEYS these are.
-- stand: writes how a post stands from now on, lists it where it belongs, and tells the feeds.
local function stand(change, standing, post, old, new)
  redis.call('HSET', post, 'standing', standing, 'version', change.version, 'status', change.status)
  if change.status ~= 'approved' then
    redis.call('HDEL', post, 'reactions')
    redis.call('DEL', post .. ':reactions')
  end
  if change.status == 'withdrawn' then
    redis.call('HDEL', post, 'mood', 'mood_said')
    redis.call('DEL', post .. ':amplifiers')
  end
  credit(KEYS[16], change)
  put_off(KEYS[21], change)
  ladder(KEYS[22], KEYS[23], change)
  local copies = redis.call('HGET', post, 'copies')
  if change.status == 'grouped' or change.status == 'withdrawn' then redis.call('HDEL', post, 'copies') end
  regroup(KEYS[18], KEYS[19], change, copies)
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
  tie(KEYS[25], KEYS[20], KEYS[5], KEYS[6], change)
  if change.retold then retell(KEYS[25], KEYS[20], KEYS[5], KEYS[6], KEYS[7], KEYS[8], change) end
  if change.pinned then
    if not redis.call('ZSCORE', KEYS[4], change.id) then redis.call('ZADD', KEYS[4], told or place, change.id) end
  else
    redis.call('ZREM', KEYS[4], change.id)
  end
end
