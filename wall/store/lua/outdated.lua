-- Given before every script that keeps what was judged.
-- outdated: tells whether judging got stricter since: a picture, an author or a rule was added that it never met.
local function outdated(strictness, judged_with)
  return judged_with ~= nil and tonumber(redis.call('GET', strictness) or 0) ~= judged_with
end
