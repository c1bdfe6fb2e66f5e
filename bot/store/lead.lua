-- ARGV     owner, lease in ms, the incarnation of a root that has to be made
-- Returns  owner, term, ms left of whoever leads now; incarnation and count of
--          numbers of the root.
-- Memory   begins with an expiry: a full Redis lets it pass, and so keeps the
--          process that empties it.
local owner, length = argument(), tonumber(argument())
local t = now()
redis.call('PEXPIRE', key.leader, ttl.leader)

-- What is no lease is nobody's: one damaged key must not end the whole desk.
if not sound(key.leader, 'hash') then redis.call('DEL', key.leader) end
if not sound(key.term, 'string') then redis.call('DEL', key.term) end

local holder, term, ends = unpack(redis.call('HMGET', key.leader, 'owner', 'term', 'until'))
ends = tonumber(ends or 0) or 0
-- A clock that was set back would make the lease of a dead process endless.
if ends > t + length then ends = t + length end
if ends <= t then
  holder = owner
  -- The first term is counted from the clock: a Redis that was emptied must not
  -- begin with the very term that somebody believes to hold.
  term = (tonumber(redis.call('GET', key.term) or t) or t) + 1
  redis.call('SET', key.term, term)
end
if holder == owner then ends = t + length end
redis.call('HSET', key.leader, 'owner', holder, 'term', term, 'until', ends)
redis.call('PEXPIRE', key.leader, ttl.leader)
return {holder, tostring(term), tostring(ends - t), unpack(redis.call('HMGET', key.root, 'incarnation', 'given'))}
