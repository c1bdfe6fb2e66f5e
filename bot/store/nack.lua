-- ARGV     owner, op; a list of: id, delay in ms, ambiguous (1 or 0)
-- Returns  the ids of rows that the owner does not hold; nothing was done to them.
-- Memory   begins with a deletion: a full Redis lets it pass.
local owner, op, lost = argument(), argument(), {}
local t = now()
for _, nack in ipairs(records('id', 'delay', 'ambiguous')) do
  if held(nack.id, owner, op, lost) then
    back(nack.id, t + nack.delay, nack.ambiguous)
    if redis.call('EXISTS', key.row .. nack.id) == 1 then redis.call('HSET', key.row .. nack.id, 'op', op) end
  end
end
return lost
