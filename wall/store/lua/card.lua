-- Given before every script that groups posts behind the lead of a card, or changes how one of them stands.
-- `cards` keeps the lead of each card, the set `cards:<card>` all its posts, `unsettled` how often each changed since it was
-- looked at last (store/cards.py).
-- lead_of: returns who leads a card that somebody may be grouped in, or nil.
local function lead_of(cards, posts, card, id)
  local lead = redis.call('HGET', cards, card) or card
  local status = lead ~= id and redis.call('HGET', posts .. lead, 'status')
  if status and status ~= 'grouped' and status ~= 'withdrawn' then return lead end
end
-- regroup: keeps which card a post belongs to, and whether it leads it; what changes there is to be looked at. One that leads
-- a card with nobody behind it, by its `copies`, concerns nobody, unless somebody is about to join.
local function regroup(cards, unsettled, change, copies)
  local card = change.card or change.id
  local members = cards .. ':' .. card
  if change.lead then redis.call('SADD', members, change.lead) end
  if change.leads then redis.call('HSET', cards, card, change.id) end
  if change.leads or (change.card and change.status == 'grouped') then redis.call('SADD', members, change.id) end
  local alone = not change.card and (not copies or copies == '[]') and redis.call('HEXISTS', unsettled, card) == 0
  if not alone and redis.call('SISMEMBER', members, change.id) == 1 then
    redis.call('HINCRBY', unsettled, card, 1)
  end
  if change.leaves then redis.call('SREM', members, change.id) end
end
