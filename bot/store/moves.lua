-- Returns  each group that has a new id, and that id.
if not sound(key.moved, 'hash') then return redis.error_reply('WRONGTYPE ' .. key.moved) end
return redis.call('HGETALL', key.moved)
