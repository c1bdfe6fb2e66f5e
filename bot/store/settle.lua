-- What became of rows.
--
-- ARGV     owner; then lists, each as its length and so many records:
--            acks     entry danger attempts slot chat message keep   (danger 1: it is
--                     among those; attempts 1: some are kept; message 0: the slot
--                     has none now, as after a deletion)
--            tries    entry attempts
--            buried   entry danger about
-- Returns  'over' when the owner's term is: nothing was done then.
-- Memory   begins with a deletion: a full Redis lets it pass.
local owner = argument()
redis.call('HDEL', key.tries, '')
if root[3] ~= owner then return {'over'} end

local function gone(row)
  redis.call('XDEL', key.rows, row.entry)
  if row.danger == '1' then redis.call('ZREM', key.dangers, row.entry) end
  if row.attempts ~= '0' then redis.call('HDEL', key.tries, row.entry) end
end

-- later says whether one entry was appended after another.
local function later(one, other)
  local ms, n = string.match(one, '(%d+)-(%d+)')
  local other_ms, other_n = string.match(other, '(%d+)-(%d+)')
  if ms ~= other_ms then return tonumber(ms) > tonumber(other_ms) end
  return tonumber(n) > tonumber(other_n)
end

local plain = {}
for _, ack in ipairs(records('entry', 'danger', 'attempts', 'slot', 'chat', 'message', 'keep')) do
  if ack.slot == '' and ack.danger == '0' and ack.attempts == '0' then
    plain[#plain + 1] = ack.entry
  else
    gone(ack)
  end
  -- An ack may wait for its Redis while a later term has shown the slot anew.
  local slot = key.slot .. ack.slot
  local last = ack.slot ~= '' and redis.call('HGET', slot, 'row')
  if ack.slot ~= '' and not (last and later(last, ack.entry)) then
    redis.call('HSET', slot, 'chat', ack.chat, 'message', ack.message, 'row', ack.entry)
    redis.call('PEXPIRE', slot, ack.keep)
    if ack.message ~= '0' then redis.call('SET', key.shown .. ack.chat .. '/' .. ack.message, ack.slot, 'PX', ack.keep) end
  end
end
if #plain > 0 then redis.call('XDEL', key.rows, unpack(plain)) end

local tries = records('entry', 'attempts')
for _, try in ipairs(tries) do redis.call('HSET', key.tries, try.entry, try.attempts) end
if #tries > 0 then redis.call('PEXPIRE', key.tries, ttl.tries) end

-- Nobody reads any more what a buried row said, and it may tell of somebody who
-- wants to be forgotten: it is kept without its words.
for _, row in ipairs(records('entry', 'danger', 'about')) do
  local t = now()
  if #redis.call('XRANGE', key.rows, row.entry, row.entry) > 0 then
    gone(row)
    redis.call('ZREMRANGEBYSCORE', key.dead, '-inf', t)
    put(key.dead, ttl.dead, t + ttl.dead, row.entry .. ' ' .. row.about)
  end
end
return {}
