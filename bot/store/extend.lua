-- ARGV     owner, op, lease in ms from now; a list of: id
-- Returns  the ids of rows that the owner does not hold; nothing was done to them.
-- Memory   begins with an expiry: a full Redis lets it pass.
local owner, op, term, lost = argument(), argument(), argument(), {}
local t = now()
redis.call('PERSIST', key.leased)
for _, row in ipairs(records('id')) do
  if held(row.id, owner, op, lost) then redis.call('ZADD', key.leased, t + term, row.id) end
end
return lost
