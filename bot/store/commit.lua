-- The one write of the desk.
--
-- KEYS[1]  the desk's prefix
-- ARGV     op, event, day (empty: no job needs a number), owner (empty: lease
--          nothing), lease in ms, at in ms, the owner's term as the leader (0: it
--          need not lead), the number of the day that the job's must be beyond;
--          then lists, each as its length and so many records:
--            sessions   chat rev keep jobs body    (at most one)
--            jobs       no rev keep open body      (open 1 or 0)
--            teams      rev keep body              (at most one)
--            forget     chat
--            fired      name at
--            reminders  name at keep chat body     (at in ms; 0 takes it back; keep 1: one that is set stands)
--            says       chat slot class keep body
--            log        body
--          A rev is the one that was loaded, 0 = not stored yet. The rune
--          `unnumbered` stands for the job's number, anywhere.
-- Returns  done, number, rows...   the rows that owner holds now; also when the
--                                  same op is repeated
--          seen, number            another op has committed this event, or has
--                                  fired or taken back the reminder that it is
--          conflict, what          a rev has moved; nothing is written
-- Errors   WRONGTYPE when a key is not what keys.go says; nothing is written.

-- most is how many rows a commit leases at once. A turn says a handful; what
-- says more is an announcement, and waits its turn.
local most = 16

local op, event, day, owner, term, at, fence = argument(), argument(), argument(), argument(), argument(), argument(), argument()
local least = tonumber(argument())

local before = redis.call('HMGET', key.seen .. event, 'op', 'no', 'rows')
if before[1] == op then return grant({'done', before[2]}, before[3], owner) end
if before[1] then return {'seen', before[2]} end

-- A number whose job is still kept from last year is passed over.
local no, count = '', 0
if day ~= '' then
  count = math.max(least, tonumber(redis.call('GET', key.number .. day) or 0))
  repeat
    count = count + 1
    no = string.format('%s-%02d', day, count)
  until redis.call('EXISTS', key.job .. no) == 0
  for i = cursor + 1, #ARGV do ARGV[i] = string.gsub(ARGV[i], unnumbered, no) end
end

local sessions = records('chat', 'rev', 'keep', 'jobs', 'body')
local jobs = records('no', 'rev', 'keep', 'open', 'body')
local teams = records('rev', 'keep', 'body')
local forget = records('chat')
local fired = records('name', 'at')
local reminders = records('name', 'at', 'keep', 'chat', 'body')
local says = records('chat', 'slot', 'class', 'keep', 'body')
local log = records('body')

for _, name in ipairs({'open', 'timers', 'reminders', 'log', 'serial', 'rows', 'ready', 'leased', 'dead', 'pauses'}) do
  if not sound(name) then return redis.error_reply('WRONGTYPE ' .. key[name]) end
end
for _, say in ipairs(says) do
  for name, id in pairs({queue = say.chat, class = say.chat, slot = say.slot}) do
    if not sound(name, id) then return redis.error_reply('WRONGTYPE ' .. key[name] .. id) end
  end
end
-- Two processes may have found the same reminder due, each as an event of its
-- own; the reminder itself tells which of them is first.
for _, timer in ipairs(fired) do
  if redis.call('ZSCORE', key.timers, timer.name) ~= timer.at then return {'seen', ''} end
end
for name, list in pairs({session = sessions, job = jobs, team = teams}) do
  for _, one in ipairs(list) do
    local id = one.chat or one.no or ''
    if (redis.call('HGET', key[name] .. id, 'rev') or '0') ~= one.rev then return {'conflict', name .. ':' .. id} end
  end
end

local t = now()

-- A process whose term is over does not send any more, or must not: what it
-- commits waits for the one that leads now.
if not leads(owner, fence, t) then owner = '' end

-- From here on all is written. The first write is one that a full Redis
-- refuses; once it has passed, Redis lets the others pass too.
redis.call('HSET', key.seen .. event, 'op', op, 'no', no)
redis.call('PEXPIRE', key.seen .. event, ttl.seen)
if no ~= '' then redis.call('SET', key.number .. day, count, 'PX', ttl.number) end

local function store(name, id, one, ...)
  local it = key[name] .. id
  redis.call('HSET', it, 'rev', tonumber(one.rev) + 1, 'body', one.body, ...)
  redis.call('PEXPIRE', it, one.keep)
end

for _, session in ipairs(sessions) do store('session', session.chat, session, 'jobs', session.jobs) end
for _, job in ipairs(jobs) do
  store('job', job.no, job)
  if job.open == '1' then put('open', '', t + job.keep, job.no) else redis.call('ZREM', key.open, job.no) end
end

for _, team in ipairs(teams) do store('team', '', team) end

local function take_back(name)
  redis.call('ZREM', key.timers, name)
  redis.call('HDEL', key.reminders, name)
end

for _, who in ipairs(forget) do
  redis.call('DEL', key.session .. who.chat)
  for _, lane in ipairs({who.chat, who.chat .. '!'}) do
    for _, id in ipairs(redis.call('ZRANGE', key.queue .. lane, 0, -1)) do
      if not is_leased(id) then drop(id, lane) end
    end
    settle(lane)
  end
  for _, id in ipairs(redis.call('ZRANGE', key.dead, 0, -1)) do
    if redis.call('HGET', key.row .. id, 'chat') == who.chat then
      redis.call('ZREM', key.dead, id)
      redis.call('DEL', key.row .. id)
    end
  end
  local kept = redis.call('HGETALL', key.reminders)
  for i = 1, #kept, 2 do
    if string.match(kept[i + 1], '^%S+') == who.chat then take_back(kept[i]) end
  end
end

for _, timer in ipairs(fired) do take_back(timer.name) end
for _, timer in ipairs(reminders) do
  if timer.at == '0' then
    take_back(timer.name)
  elseif timer.keep == '0' or not redis.call('ZSCORE', key.timers, timer.name) then
    redis.call('ZADD', key.timers, timer.at, timer.name)
    redis.call('HSET', key.reminders, timer.name, timer.chat .. ' ' .. timer.body)
  end
end
local latest = redis.call('ZRANGE', key.timers, -1, -1, 'WITHSCORES')[2]
if latest then
  redis.call('PEXPIREAT', key.timers, latest + ttl.timers)
  redis.call('PEXPIREAT', key.reminders, latest + ttl.timers)
end

for _, line in ipairs(log) do redis.call('XADD', key.log, 'MAXLEN', '~', log_length, '*', 'line', line.body) end

-- replace puts newer words into a row that waits and leaves it where it is,
-- unless it has become a danger: then it waits for no ordinary row any more.
local function replace(id, say)
  local lane = redis.call('HGET', key.row .. id, 'lane')
  local class = math.min(say.class, redis.call('ZSCORE', key.class .. lane, id) or say.class)
  if class == 0 and lane == say.chat then
    redis.call('ZREM', key.queue .. lane, id)
    redis.call('ZREM', key.class .. lane, id)
    settle(lane)
    lane = lane_of(say.chat, class)
  end
  redis.call('HSET', key.row .. id, 'lane', lane, 'class', class, 'body', say.body, 'attempts', 0, 'keep', say.keep)
  redis.call('PEXPIRE', key.row .. id, ttl.row)
  enqueue(id, lane, class)
end

-- append adds a row and gives its id when it may be leased at once: a row has
-- to wait while the message of its slot is on its way and has no id yet.
local function append(say)
  local last = newer('', say.slot)
  if last and redis.call('HGET', key.row .. last, 'chat') ~= say.chat then last = false end
  if last and not is_leased(last) then
    replace(last, say)
    return
  end
  -- What follows a message on its way goes where that one is, or it could be
  -- sent beside it.
  local lane = last and redis.call('HGET', key.row .. last, 'lane') or lane_of(say.chat, say.class)
  local id = string.format('%016d', redis.call('INCR', key.serial))
  redis.call('HSET', key.row .. id, 'chat', say.chat, 'lane', lane, 'slot', say.slot, 'class', say.class, 'body', say.body,
    'at', at, 'due', t, 'attempts', 0, 'ambiguous', 0, 'keep', say.keep)
  redis.call('PEXPIRE', key.row .. id, ttl.row)
  enqueue(id, lane, say.class)
  if say.slot ~= '' then
    redis.call('HSET', key.slot .. say.slot, 'row', id)
    redis.call('PEXPIRE', key.slot .. say.slot, say.keep)
  end
  return not last and id
end

-- free says whether all that stands before a row is already in the owner's hands.
local function free(id)
  local lane = redis.call('HGET', key.row .. id, 'lane')
  local rank = redis.call('ZRANK', key.queue .. lane, id)
  if rank >= ahead or paused_until('chat/' .. chat_of(lane)) > t then return false end
  for _, other in ipairs(redis.call('ZRANGE', key.queue .. lane, 0, rank)) do
    if other ~= id and redis.call('HGET', key.row .. other, 'owner') ~= owner then return false end
  end
  return true
end

for _, say in ipairs(says) do say.id = append(say) end
local leased = {}
if owner ~= '' and paused_until('bot') <= t then
  for _, say in ipairs(says) do
    if say.id and #leased < most and free(say.id) then
      lease(say.id, owner, t + term)
      leased[#leased + 1] = say.id
    end
  end
end
for _, say in ipairs(says) do
  settle(say.chat)
  settle(say.chat .. '!')
end

local ids = table.concat(leased, ' ')
if ids ~= '' then redis.call('HSET', key.seen .. event, 'rows', ids) end
return grant({'done', no}, ids, owner)
