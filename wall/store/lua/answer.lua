-- Reads the answer to a decision taken before, and touches it: who waits for replicas waits for a write of their own.
-- KEYS  decision    Returns the answer, or nil.
local answer = redis.call('GET', KEYS[1])
if answer then redis.call('EXPIRE', KEYS[1], 86400) end
return answer
