-- ARGV     owner, lease in ms, the incarnation of a root that has to be made
-- Returns  owner, term, ms left of whoever leads now; incarnation and count of
--          numbers of the root.
-- Memory   begins with an expiry: a full Redis lets it pass, and so keeps the
--          process that empties it.
local owner, length = argument(), tonumber(argument())
local t = now()
redis.call('PEXPIRE', key.rows, ttl.rows)
redis.call('PEXPIRE', key.dangers, ttl.dangers)

if root[4] == '' then redis.call('HSET', key.root, 'bot', this_bot) end

-- What is no lease is nobody's: a damaged field must not end the whole desk.
local holder, term, ends = unpack(redis.call('HMGET', key.root, 'owner', 'term', 'until'))
ends = tonumber(ends or 0) or 0
-- A clock that was set back would make the lease of a dead process endless.
if ends > t + length then ends = t + length end
if ends <= t then
  holder = owner
  -- The first term is counted from the clock: a Redis that was emptied must not
  -- begin with the very term that somebody believes to hold.
  term = (tonumber(term or t) or t) + 1
end
if holder == owner then ends = t + length end
redis.call('HSET', key.root, 'owner', holder, 'term', term, 'until', ends)
return {holder, tostring(term), tostring(ends - t), unpack(redis.call('HMGET', key.root, 'incarnation', 'given'))}
