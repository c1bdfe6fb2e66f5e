-- ARGV     old id, new id of a group
-- Returns  nothing. To note it again changes nothing.
-- Memory   a few bytes a desk in its whole life: a full Redis refuses it.
local old, new = argument(), argument()
if not sound(key.moved, 'hash') then return redis.error_reply('WRONGTYPE ' .. key.moved) end
redis.call('HSET', key.moved, old, new)
return {}
