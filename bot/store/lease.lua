-- ARGV     owner, op, the most rows to lease, lease in ms, the owner's term as
--          the leader (0: it need not lead)
-- Returns  the rows, as outbox.lua looks at them; the same ones when the same
--          op is repeated; none when the term is over.
-- Memory   begins with a deletion: a full Redis lets it pass.
local owner, op, most, term, fence = argument(), argument(), tonumber(argument()), tonumber(argument()), argument()

local before = redis.call('HMGET', key.grant .. owner, 'op', 'rows')
if before[1] == op then return grant({}, before[2], owner) end
if redis.call('ZCARD', key.ready) == 0 then return {} end
redis.call('DEL', key.grant .. owner)

local t = now()
if not leads(owner, fence, t) then return {} end
local taken = {}

-- take leases what it may of a chat. The chat leaves its place in ready: either
-- a row of it is leased, or the first one is due later.
local function take(lane)
  if paused_until('chat/' .. chat_of(lane)) <= t and first(lane) then
    for _, id in ipairs(redis.call('ZRANGE', key.queue .. lane, 0, ahead - 1)) do
      local due = tonumber(redis.call('HGET', key.row .. id, 'due') or t + 1)
      if #taken == most or due > t or is_leased(id) then break end
      lease(id, lane, owner, t + term)
      taken[#taken + 1] = id
    end
  end
  settle(lane)
end

-- A chat that turns out to be paused gives nothing; what is left of such a call
-- is left to the next.
local visits = most + 200
if paused_until('bot') <= t then
  for class = 0, 4 do
    while #taken < most and visits > 0 do
      visits = visits - 1
      local lane = redis.call('ZRANGEBYSCORE', key.ready, class * band, class * band + t, 'LIMIT', 0, 1)[1]
      if not lane then break end
      take(lane)
    end
  end
end

local ids = table.concat(taken, ' ')
if ids ~= '' then
  redis.call('HSET', key.grant .. owner, 'op', op, 'rows', ids)
  redis.call('PEXPIRE', key.grant .. owner, ttl.grant)
end
return grant({}, ids, owner)
