-- Changes fields of hashes, if all of them are still as they were read, and notes it in the audit log.
-- KEYS  audit log, people in it, then for each field the hash that it is in
-- ARGV  entry as JSON or empty, by, name, then for each field: its name, how it was read (empty for none), how it is to be (empty
--       to delete it)    Returns 1 when changed, else 0.
for n = 3, #KEYS do
  local at = 4 + (n - 3) * 3
  if (redis.call('HGET', KEYS[n], ARGV[at]) or '') ~= ARGV[at + 1] then return 0 end
end
for n = 3, #KEYS do
  local at = 4 + (n - 3) * 3
  if ARGV[at + 2] == '' then
    redis.call('HDEL', KEYS[n], ARGV[at])
  else
    redis.call('HSET', KEYS[n], ARGV[at], ARGV[at + 2])
  end
end
note(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])
return 1
