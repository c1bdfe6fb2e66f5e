-- ARGV     name of a picture, Telegram's id of it
-- Returns  nothing. The last id counts: the one before may have been refused.
-- Memory   a hundred bytes a drawing: a full Redis refuses it.
local name, id = argument(), argument()
if not sound(key.files, 'hash') then return redis.error_reply('WRONGTYPE ' .. key.files) end
redis.call('HSET', key.files, name, id)
redis.call('PEXPIRE', key.files, ttl.files)
return {}
