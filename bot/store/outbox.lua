-- The outbox, for the scripts that touch it. A row lies in queue of its lane from
-- append until ack, and in class while it waits; a lane lies in ready while none
-- of its rows is leased. A chat has two lanes: its own, and one with a "!" for
-- dangers, which wait for no ordinary row. Everything a call does is bounded by
-- its batch, not by the backlog.

-- lane_of gives the lane of a new row.
local function lane_of(chat, class) return tonumber(class) == 0 and chat .. '!' or chat end

-- chat_of gives the chat of a lane.
local function chat_of(lane) return (string.gsub(lane, '!$', '')) end

-- ahead is how many rows of one chat may be leased at a time. Telegram takes
-- about one a second (RELIABILITY §2), so more would only wait in a process.
local ahead = 4

-- band sets the classes of ready apart. It is beyond any time in milliseconds,
-- and five of it are well below 2^53.
local band = 1e13

local function paused_until(scope)
  return tonumber(redis.call('ZSCORE', key.pauses, scope) or 0)
end

local function is_leased(id)
  return redis.call('ZSCORE', key.leased, id)
end

-- leads says whether the owner leads the desk in that term still. Term 0 need
-- not lead.
local function leads(owner, term, t)
  if term == '0' then return true end
  local lease = redis.pcall('HMGET', key.leader, 'owner', 'term', 'until')
  return not lease.err and lease[1] == owner and lease[2] == term and tonumber(lease[3]) > t
end

-- drop removes a row. What points to it from a slot finds nothing from then on.
local function drop(id, lane)
  redis.call('ZREM', key.leased, id)
  redis.call('ZREM', key.queue .. lane, id)
  redis.call('ZREM', key.class .. lane, id)
  redis.call('ZREM', key.rows, id)
  redis.call('DEL', key.row .. id)
end

-- first gives the oldest row of a lane, and drops those whose time is over.
local function first(lane)
  while true do
    local id = redis.call('ZRANGE', key.queue .. lane, 0, 0)[1]
    if not id or redis.call('EXISTS', key.row .. id) == 1 then return id end
    drop(id, lane)
  end
end

-- settle gives a lane its place in ready, or none. Leased rows are always among
-- the first of a queue, because only those are ever leased.
local function settle(lane)
  local id = first(lane)
  local free = id
  for _, other in ipairs(id and redis.call('ZRANGE', key.queue .. lane, 0, ahead - 1) or {}) do
    free = free and not is_leased(other)
  end
  if not free then
    redis.call('ZREM', key.ready, lane)
    return
  end
  local class = redis.call('ZRANGE', key.class .. lane, 0, 0, 'WITHSCORES')[2]
  local due = tonumber(redis.call('HGET', key.row .. id, 'due'))
  put(key.ready, ttl.ready, class * band + math.max(due, paused_until('chat/' .. chat_of(lane))), lane)
end

-- wait puts a row among those of its lane that wait.
local function wait(id, lane, class)
  put(key.queue .. lane, ttl.queue, tonumber(id), id)
  put(key.class .. lane, ttl.class, class, id)
end

-- lease gives a waiting row to an owner. The owner is the fencing token: each
-- later word about the row must carry it.
local function lease(id, lane, owner, expiry)
  redis.call('HSET', key.row .. id, 'owner', owner)
  redis.call('ZADD', key.leased, expiry, id)
  redis.call('ZREM', key.class .. lane, id)
end

-- message gives Telegram's id of the message of a slot. It is known only in the
-- chat to which a row goes.
local function message(slot, chat)
  if slot == '' then return '0' end
  local shown = redis.call('HMGET', key.slot .. slot, 'chat', 'message')
  return shown[1] == chat and shown[2] or '0'
end

-- grant appends to a reply those of the listed rows that the owner still holds,
-- each as: id chat slot class body at attempts ambiguous message.
local function grant(reply, ids, owner)
  for number in string.gmatch(ids or '', '%d+') do
    local id = string.format('%016d', number)
    local row = redis.call('HMGET', key.row .. id, 'owner', 'chat', 'slot', 'class', 'body', 'at', 'attempts', 'ambiguous')
    if row[1] == owner then
      row[1] = id
      row[9] = message(row[3], row[2])
      reply[#reply + 1] = row
    end
  end
  return reply
end

-- newer gives the row that was appended to the slot of a row after it, if it
-- still counts.
local function newer(id, slot)
  local last = slot ~= '' and redis.call('HGET', key.slot .. slot, 'row')
  return last and last ~= id and redis.call('ZSCORE', key.rows, last) and last
end

-- back returns a leased row to those that wait, due at the given time. When its
-- slot has a newer row, that one is enough; but it inherits the doubt whether a
-- message was sent.
local function back(id, due, ambiguous)
  local row = key.row .. id
  redis.call('ZREM', key.leased, id)
  local lane, slot, doubt, class = unpack(redis.call('HMGET', row, 'lane', 'slot', 'ambiguous', 'class'))
  if doubt == '1' then ambiguous = '1' end
  local last = newer(id, slot)
  if last then
    if ambiguous == '1' then redis.call('HSET', key.row .. last, 'ambiguous', '1') end
    drop(id, lane)
  else
    redis.call('HDEL', row, 'owner')
    redis.call('HINCRBY', row, 'attempts', 1)
    redis.call('HSET', row, 'due', due, 'ambiguous', ambiguous)
    wait(id, lane, class)
  end
  settle(lane)
end

-- held gives op, lane and keep of a row for which the owner may speak. If it may
-- not, the row counts as lost, unless there is nothing left to say: it is gone,
-- or this very call (op) has been heard and only its reply was lost.
local function held(id, owner, op, lost)
  local holder, heard, lane, keep = unpack(redis.call('HMGET', key.row .. id, 'owner', 'op', 'lane', 'keep'))
  if holder == owner then return {lane = lane, keep = keep} end
  if heard ~= op and lane then lost[#lost + 1] = id end
end
