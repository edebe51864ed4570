-- Tells which authors left.
-- KEYS  who left, the event's secret    ARGV  authors    Returns 1 or 0 for each.
local answers = {}
for index, author in ipairs(ARGV) do answers[index] = has_left(KEYS[1], KEYS[2], author) and 1 or 0 end
return answers
