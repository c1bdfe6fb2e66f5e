-- KEYS[1]  the desk's prefix
-- Returns  each group that has a new id, and that id.
if not sound('moved') then return redis.error_reply('WRONGTYPE ' .. key.moved) end
return redis.call('HGETALL', key.moved)
