-- Returns  how many rows wait or are leased, are leased, are dead; and since
--          when the oldest of the former is there, in ms, 0 = there is none.
-- Writes   nothing.
local oldest = redis.call('ZRANGE', key.rows, 0, 0)[1]
return {
  redis.call('ZCARD', key.rows),
  redis.call('ZCARD', key.leased),
  redis.call('ZCARD', key.dead),
  tonumber(oldest and redis.call('HGET', key.row .. oldest, 'at') or 0),
}
