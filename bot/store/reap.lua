-- ARGV     the most rows to return, the most rows to look through for repairs
-- Returns  how many rows went back to those that wait.
-- Memory   begins with a deletion: a full Redis lets it pass.
--
-- The second half walks through all rows, a page a call. Every script leaves
-- the sets in order, so it finds nothing unless Redis was restored from a torn
-- file or edited by hand; then it is what keeps a message from lying for ever
-- in no set at all.
-- It also clears away the dead rows and open jobs whose time is over.
local most, page = argument(), tonumber(argument())
local t = now()
local after = redis.call('GET', key.walk) or '0'
redis.call('DEL', key.walk)
redis.call('ZREMRANGEBYSCORE', key.dead, '-inf', t)
redis.call('ZREMRANGEBYSCORE', key.open, '-inf', t)

local returned = 0
local function give_back(id)
  back(id, t, '1')
  returned = returned + 1
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', key.leased, '-inf', t, 'LIMIT', 0, most)) do
  if redis.call('EXISTS', key.row .. id) == 1 then give_back(id) else redis.call('ZREM', key.leased, id) end
end

local ids = redis.call('ZRANGEBYSCORE', key.rows, '(' .. after, '+inf', 'LIMIT', 0, page)
for _, id in ipairs(ids) do
  local lane, class, owner = unpack(redis.call('HMGET', key.row .. id, 'lane', 'class', 'owner'))
  if not lane then
    redis.call('ZREM', key.rows, id)
    redis.call('ZREM', key.leased, id)
  else
    if not owner then
      wait(id, lane, class)
    elseif is_leased(id) then
      put(key.queue .. lane, ttl.queue, tonumber(id), id)
    else
      give_back(id)
    end
    settle(lane)
  end
end
if #ids == page then redis.call('SET', key.walk, tonumber(ids[page]), 'PX', ttl.walk) end
return {returned}
