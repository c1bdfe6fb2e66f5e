-- ARGV     name of a picture
-- Returns  Telegram's id of it, if it is known.
if not sound(key.files, 'hash') then return redis.error_reply('WRONGTYPE ' .. key.files) end
local id = redis.call('HGET', key.files, argument())
return id and {id} or {}
