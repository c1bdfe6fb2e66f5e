-- ARGV     owner, op, id, reason
-- Returns  the id when the owner does not hold the row; nothing was done to it.
-- Memory   begins with a deletion: a full Redis lets it pass.
local owner, op, id, reason, lost = argument(), argument(), argument(), argument(), {}
local row = key.row .. id
local t = now()
local mine = held(id, owner, op, lost)
if mine then
  local lane = mine.lane
  redis.call('ZREM', key.leased, id)
  redis.call('ZREM', key.rows, id)
  redis.call('ZREM', key.queue .. lane, id)
  -- Nobody reads what it said any more, and it may tell of somebody who wants to be
  -- forgotten: the details of a home, addressed to a volunteer.
  redis.call('HDEL', row, 'owner', 'body')
  redis.call('HSET', row, 'op', op, 'reason', reason)
  redis.call('PEXPIRE', row, ttl.row)
  put(key.dead, ttl.dead, t + ttl.row, id)
  settle(lane)
end
return lost
