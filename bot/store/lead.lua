-- KEYS[1]  the desk's prefix
-- ARGV     owner, lease in ms
-- Returns  owner, term, ms left   of whoever leads now.
-- Memory   begins with an expiry: a full Redis lets it pass, and so keeps the
--          process that empties it.
local owner, length = argument(), tonumber(argument())
local t = now()
redis.call('PEXPIRE', key.leader, ttl.leader)

-- What is no lease is nobody's: one damaged key must not end the whole desk.
for _, name in ipairs({'leader', 'term'}) do
  if not sound(name) then redis.call('DEL', key[name]) end
end

local holder, term, ends = unpack(redis.call('HMGET', key.leader, 'owner', 'term', 'until'))
ends = tonumber(ends or 0) or 0
-- A clock that was set back would make the lease of a dead process endless.
if ends > t + length then ends = t + length end
if ends <= t then
  holder = owner
  term = (tonumber(redis.call('GET', key.term) or 0) or 0) + 1
  redis.call('SET', key.term, term)
end
if holder == owner then ends = t + length end
redis.call('HSET', key.leader, 'owner', holder, 'term', term, 'until', ends)
redis.call('PEXPIRE', key.leader, ttl.leader)
return {holder, tostring(term), tostring(ends - t)}
