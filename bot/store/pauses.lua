-- Returns  each paused scope and for how many ms it still is.
-- Memory   begins with a deletion: a full Redis lets it pass.
local t = now()
redis.call('ZREMRANGEBYSCORE', key.pauses, '-inf', t)
local reply = redis.call('ZRANGE', key.pauses, 0, -1, 'WITHSCORES')
for i = 2, #reply, 2 do reply[i] = reply[i] - t end
return reply
