-- ARGV     scope, duration in ms
-- Returns  nothing. Of two pauses of a scope the one that ends later holds.
-- Memory   begins with a deletion: a full Redis lets it pass.
local scope, term = argument(), argument()
local t = now()
redis.call('ZREMRANGEBYSCORE', key.pauses, '-inf', t)
redis.call('ZADD', key.pauses, math.max(tonumber(redis.call('ZSCORE', key.pauses, scope) or 0), t + term), scope)
redis.call('PEXPIREAT', key.pauses, redis.call('ZRANGE', key.pauses, -1, -1, 'WITHSCORES')[2])
return {}
