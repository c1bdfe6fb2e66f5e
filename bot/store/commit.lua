-- The one write of the desk.
--
-- ARGV     op, bucket and mark of the event, day (empty: no job needs a number),
--          owner (empty: lease nothing), lease in ms, at in ms, the owner's term as
--          the leader (0: it need not lead), the number of the day that the job's
--          must be beyond; then lists, each as its length and so many records:
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
-- Errors   WRONGTYPE when a key is not what keys.go says. Whatever is read is
--          read before the first write, and then nothing is written. What is
--          written unread, the outbox's own sets, is written before all else: the
--          ids that an error leaves there belong to no row, and Reap drops them.

-- most is how many rows a commit leases at once. A turn says a handful; what
-- says more is an announcement, and waits its turn.
local most = 16

local op, bucket, mark, day, owner, term, at, fence = argument(), argument(), argument(), argument(), argument(), argument(), argument(), argument()
local least = tonumber(argument())

local seen, begun = unpack(redis.call('HMGET', key.seen .. bucket, mark, 'begun'))
if seen then
  local first, given, ids = string.match(seen, '^(%S*) (%S*) ?(.*)$')
  if first ~= op then return {'seen', given} end
  return grant({'done', given}, ids, owner)
end

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
local said = records('chat', 'slot', 'class', 'keep', 'body')
local log = records('body')

-- Of what this commit shows in a slot only the last counts, where the first would
-- stand and as pressing as any.
local says, shows = {}, {}
for _, say in ipairs(said) do
  local name = say.slot .. ' ' .. say.chat
  local earlier = say.slot ~= '' and shows[name]
  if earlier then
    earlier.body, earlier.keep, earlier.again = say.body, say.keep, true
    if tonumber(say.class) < tonumber(earlier.class) then earlier.class = say.class end
  else
    says[#says + 1] = say
    shows[name] = say
  end
end

-- The first read of a key tells its type: one of another type ends the script here.
if #jobs > 0 then redis.call('ZCARD', key.open) end
if #log > 0 then redis.call('XLEN', key.log) end
if #fired + #reminders + #forget > 0 then
  redis.call('ZCARD', key.timers)
  redis.call('HLEN', key.reminders)
end
if #forget > 0 then
  redis.call('ZCARD', key.dead)
  redis.call('ZCARD', key.ready)
end
for _, say in ipairs(says) do
  if say.slot ~= '' then redis.call('HLEN', key.slot .. say.slot) end
end
-- Two processes may have found the same reminder due, each as an event of its
-- own; the reminder itself tells which of them is first.
for _, timer in ipairs(fired) do
  if redis.call('ZSCORE', key.timers, timer.name) ~= timer.at then return {'seen', ''} end
end
local function moved(stored, one) return (stored or '0') ~= one.rev end
for _, session in ipairs(sessions) do
  local rev, renewed = unpack(redis.call('HMGET', key.session .. session.chat, 'rev', 'renewed'))
  if moved(rev, session) then return {'conflict', 'session:' .. session.chat} end
  session.renewed = tonumber(renewed or 0)
end
for _, job in ipairs(jobs) do
  if moved(redis.call('HGET', key.job .. job.no, 'rev'), job) then return {'conflict', 'job:' .. job.no} end
end
for _, team in ipairs(teams) do
  if moved(redis.call('HGET', key.team, 'rev'), team) then return {'conflict', 'team:'} end
end

local t = now()

-- A process whose term is over does not send any more, or must not: what it
-- commits waits for the one that leads now.
if not leads(owner, fence, t) then owner = '' end

-- heads are the first rows of the lanes that this commit says something in, and
-- owners whose they are; pauses are of their chats.
local heads, owners, pauses = {}, {}, {}
local function look(lane, chat)
  heads[lane] = redis.call('ZRANGE', key.queue .. lane, 0, ahead)
  if not pauses[chat] then
    local bot, own = unpack(redis.call('ZMSCORE', key.pauses, 'bot', 'chat/' .. chat))
    pauses[chat] = math.max(tonumber(bot or 0), tonumber(own or 0))
  end
  -- A row that has to wait is written to these as well.
  if #heads[lane] > 0 or owner == '' or pauses[chat] > t then
    redis.call('ZCARD', key.ready)
    redis.call('ZCARD', key.class .. lane)
  end
end
for _, say in ipairs(says) do
  local lane = lane_of(say.chat, say.class)
  if not heads[lane] then look(lane, say.chat) end
end

-- From here on all is written. The first write is one that a full Redis
-- refuses; once it has passed, Redis lets the others pass too.
local leased, ids, touched = {'done', no}, {}, {}
local function note_seen()
  redis.call('HSET', key.seen .. bucket, mark, op .. ' ' .. no .. ' ' .. table.concat(ids, ' '))
end
local serial, last_serial
if #says > 0 then
  last_serial = redis.call('INCRBY', key.serial, #says)
  serial = last_serial - #says
else
  note_seen()
end

local function take_back(name)
  redis.call('ZREM', key.timers, name)
  redis.call('HDEL', key.reminders, name)
end

for _, who in ipairs(forget) do
  for _, lane in ipairs({who.chat, who.chat .. '!'}) do
    for _, id in ipairs(redis.call('ZRANGE', key.queue .. lane, 0, -1)) do
      if not is_leased(id) then drop(id, lane) end
    end
    settle(lane)
    heads[lane] = nil
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

-- replace puts newer words into a row that waits and leaves it where it is,
-- unless it has become a danger: then it waits for no ordinary row any more.
local function replace(id, say)
  local lane = redis.call('HGET', key.row .. id, 'lane')
  local class = math.min(say.class, redis.call('ZSCORE', key.class .. lane, id) or say.class)
  if class == 0 and lane == say.chat then
    redis.call('ZREM', key.queue .. lane, id)
    redis.call('ZREM', key.class .. lane, id)
    settle(lane)
    heads[lane] = nil
    lane = lane_of(say.chat, class)
    heads[lane] = nil
  end
  redis.call('HSET', key.row .. id, 'lane', lane, 'class', class, 'body', say.body, 'attempts', 0, 'keep', say.keep)
  redis.call('PEXPIRE', key.row .. id, ttl.row)
  wait(id, lane, class)
  touched[lane] = true
end

-- free says whether a row at the end of a lane may leave at once: all that stands
-- before it is already in the owner's hands.
local function free(lane, chat)
  if not heads[lane] then look(lane, chat) end
  if owner == '' or #ids == most or pauses[chat] > t or #heads[lane] >= ahead then return false end
  for _, other in ipairs(heads[lane]) do
    owners[other] = owners[other] or redis.call('HGET', key.row .. other, 'owner')
    if owners[other] ~= owner then return false end
  end
  return true
end

-- Newer words go first: the row that they turn into a danger may come to stand
-- before the ones that are appended.
local added = {}
for _, say in ipairs(says) do
  local last = newer('', say.slot)
  if last and redis.call('HGET', key.row .. last, 'chat') == say.chat then say.last = last end
  if say.last and not is_leased(last) then replace(last, say) else added[#added + 1] = say end
end

-- append adds a row: leased, or among those that wait. It has to wait while the
-- message of its slot is on its way and has no id yet.
local function append(say)
  local last = say.last
  -- What follows a message on its way goes where that one is, or it could be
  -- sent beside it; unless its own newer words are a danger, which wait for none.
  local urgent = say.again and tonumber(say.class) == 0
  local lane = last and not urgent and redis.call('HGET', key.row .. last, 'lane') or lane_of(say.chat, say.class)
  local leaves = free(lane, say.chat) and not last
  serial = serial + 1
  local id = string.format('%016d', serial)
  redis.call('ZADD', key.rows, serial, id)
  if leaves then
    redis.call('ZADD', key.leased, t + term, id)
    put(key.queue .. lane, ttl.queue, serial, id)
    owners[id] = owner
    ids[#ids + 1] = serial
    leased[#leased + 1] = {id, say.chat, say.slot, say.class, say.body, at, '0', '0', message(say.slot, say.chat)}
  else
    wait(id, lane, say.class)
    touched[lane] = true
  end
  table.insert(heads[lane], id)
  local row = {'chat', say.chat, 'lane', lane, 'slot', say.slot, 'class', say.class, 'body', say.body,
    'at', at, 'due', t, 'attempts', 0, 'ambiguous', 0, 'keep', say.keep, leaves and 'owner', owner}
  redis.call('HSET', key.row .. id, unpack(row, 1, leaves and #row or #row - 2))
  redis.call('PEXPIRE', key.row .. id, ttl.row)
  if say.slot ~= '' then
    redis.call('HSET', key.slot .. say.slot, 'row', id)
    redis.call('PEXPIRE', key.slot .. say.slot, say.keep)
  end
end

for _, say in ipairs(added) do append(say) end
for lane in pairs(touched) do settle(lane) end
if serial ~= last_serial then redis.call('SET', key.serial, serial) end

-- A bucket is filled within minutes or within days: it lives on while marks come.
if #says > 0 then note_seen() end
if t - tonumber(begun or 0) > renewal.seen then
  redis.call('HSET', key.seen .. bucket, 'begun', t)
  redis.call('PEXPIRE', key.seen .. bucket, ttl.seen)
end
if no ~= '' then
  redis.call('SET', key.number .. day, count, 'PX', ttl.number)
  redis.call('HINCRBY', key.root, 'given', 1)
end

local function store(it, one, ...)
  redis.call('HSET', it, 'rev', tonumber(one.rev) + 1, 'body', one.body, ...)
  redis.call('PEXPIRE', it, one.keep)
end

for _, session in ipairs(sessions) do
  local it = key.session .. session.chat
  if t - session.renewed > session.keep / 30 then
    store(it, session, 'jobs', session.jobs, 'renewed', t)
  else
    redis.call('HSET', it, 'rev', tonumber(session.rev) + 1, 'body', session.body, 'jobs', session.jobs)
  end
end
for _, who in ipairs(forget) do redis.call('DEL', key.session .. who.chat) end
for _, job in ipairs(jobs) do
  store(key.job .. job.no, job)
  if job.open == '1' then put(key.open, ttl.open, t + job.keep, job.no) else redis.call('ZREM', key.open, job.no) end
end
for _, team in ipairs(teams) do store(key.team, team) end

for _, timer in ipairs(fired) do take_back(timer.name) end
local set = false
for _, timer in ipairs(reminders) do
  if timer.at == '0' then
    take_back(timer.name)
  elseif timer.keep == '0' or not redis.call('ZSCORE', key.timers, timer.name) then
    redis.call('ZADD', key.timers, timer.at, timer.name)
    redis.call('HSET', key.reminders, timer.name, timer.chat .. ' ' .. timer.body)
    set = true
  end
end
if set then
  local latest = redis.call('ZRANGE', key.timers, -1, -1, 'WITHSCORES')[2]
  redis.call('PEXPIREAT', key.timers, latest + ttl.timers)
  redis.call('PEXPIREAT', key.reminders, latest + ttl.timers)
end

for _, line in ipairs(log) do redis.call('XADD', key.log, 'MAXLEN', '~', log_length, '*', 'line', line.body) end

return leased
