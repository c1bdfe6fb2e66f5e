-- The one write of the desk.
--
-- ARGV     op, bucket and mark of the event, day (empty: no job needs a number),
--          owner (of the term for which this is written; empty: of none), at in ms,
--          the number of the day that the job's must be beyond; then lists, each as
--          its length and so many records:
--            sessions   chat rev keep document     (at most one)
--            jobs       no rev keep open document  (open 1 or 0)
--            teams      rev keep document          (at most one)
--            forget     chat
--            fired      name at
--            reminders  name at keep chat body     (at in ms; 0 takes it back; keep 1: one that is set stands)
--            says       chat slot class keep body
--            lines      month kind body            (kind: log or facts)
--            members    set id at gone keep        (gone 1: it belongs to it no longer; keep in ms, 0: as long as the set)
--            broadcasts name set until keep zh en
--          A rev is the one that was loaded, 0 = not stored yet; the document begins
--          with the next one. The rune `unnumbered` stands for the job's number, anywhere.
-- Returns  done, number, whether the owner's term goes on, how many commits that were
--                                  not made for the term of their time have said
--                                  something; then the entry of each chat to forget,
--                                  and the entry and the message of each row
--          again, number           this op has done all this before
--          seen, number            another op has committed this event, or has
--                                  fired or taken back the reminder that it is
--          conflict, what          a rev has moved; nothing is written
-- Errors   WRONGTYPE when a key is not what keys.go says. Whatever is read is
--          read before the first write, and then nothing is written.
local op, bucket, mark, day, owner, at = argument(), argument(), argument(), argument(), argument(), tonumber(argument())
local least = tonumber(argument())

local seen, begun = unpack(redis.call('HMGET', key.seen .. bucket, mark, 'begun'))
if seen then
  local first, given = string.match(seen, '^(%S*) ?(%S*)$')
  return {first == op and 'again' or 'seen', given}
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

local sessions = records('chat', 'rev', 'keep', 'document')
local jobs = records('no', 'rev', 'keep', 'open', 'document')
local teams = records('rev', 'keep', 'document')
local forget = records('chat')
local fired = records('name', 'at')
local reminders = records('name', 'at', 'keep', 'chat', 'body')
local says = records('chat', 'slot', 'class', 'keep', 'body')
local lines = records('month', 'kind', 'body')
local members = records('set', 'id', 'at', 'gone', 'keep')
local broadcasts = records('name', 'set', 'until', 'keep', 'zh', 'en')

-- The first read of a key tells its type: one of another type ends the script here.
if #jobs > 0 then redis.call('ZCARD', key.open) end
local function line_of(line) return (line.kind == 'log' and key.log or key.facts) .. line.month end
for _, line in ipairs(lines) do redis.call('XLEN', line_of(line)) end
if #fired + #reminders + #forget > 0 then
  redis.call('ZCARD', key.timers)
  redis.call('HLEN', key.reminders)
end
if #forget > 0 then redis.call('ZCARD', key.dead) end
for _, say in ipairs(says) do
  say.message = message(say.slot, say.chat)
  if say.class == '0' then redis.call('ZCARD', key.dangers) end
end
for _, member in ipairs(members) do redis.call('ZCARD', key.set .. member.set) end
if #broadcasts > 0 then redis.call('ZCARD', key.broadcasts) end
-- Two processes may have found the same reminder due, each as an event of its
-- own; the reminder itself tells which of them is first.
for _, timer in ipairs(fired) do
  if redis.call('ZSCORE', key.timers, timer.name) ~= timer.at then return {'seen', ''} end
end
local function moved(it, rev) return (string.match(redis.call('GETRANGE', it, 0, 20), '^%d+') or '0') ~= rev end
for _, session in ipairs(sessions) do
  if moved(key.session .. session.chat, session.rev) then return {'conflict', 'session:' .. session.chat} end
end
for _, job in ipairs(jobs) do
  if moved(key.job .. job.no, job.rev) then return {'conflict', 'job:' .. job.no} end
end
for _, team in ipairs(teams) do
  if moved(key.team, team.rev) then return {'conflict', 'team:'} end
end

-- From here on all is written. The first write is one that a full Redis
-- refuses; once it has passed, Redis lets the others pass too.
local reply = {'done', no, root[3] == owner and '1' or '0', root[5] or '0'}
local function append(chat, slot, keep, body)
  local entry = redis.call('XADD', key.rows, '*', 'chat', chat, 'slot', slot, 'keep', keep, 'say', body)
  reply[#reply + 1] = entry
  return entry
end
-- Whoever sends has rows in memory: what was to be told to a chat goes from there
-- and from Redis when they meet the entry that says nothing.
for _, who in ipairs(forget) do append(who.chat, '', '', '') end
for _, say in ipairs(says) do
  local entry = append(say.chat, say.slot, say.keep, say.body)
  if say.class == '0' then redis.call('ZADD', key.dangers, 0, entry) end
  reply[#reply + 1] = say.message
end

if root[3] ~= owner then redis.call('HINCRBY', key.root, 'strange', 1) end

-- A bucket is filled within minutes or within days: it lives on while marks come.
local noted = no == '' and op or op .. ' ' .. no
if at - tonumber(begun or 0) > renewal.seen then
  redis.call('HSET', key.seen .. bucket, mark, noted, 'begun', at)
  redis.call('PEXPIRE', key.seen .. bucket, ttl.seen)
else
  redis.call('HSET', key.seen .. bucket, mark, noted)
end

local function take_back(name)
  redis.call('ZREM', key.timers, name)
  redis.call('HDEL', key.reminders, name)
end

for _, who in ipairs(forget) do
  for _, row in ipairs(redis.call('ZRANGE', key.dead, 0, -1)) do
    if string.match(row, '^%S+ (%S+)') == who.chat then redis.call('ZREM', key.dead, row) end
  end
  local kept = redis.call('HGETALL', key.reminders)
  for i = 1, #kept, 2 do
    if string.match(kept[i + 1], '^%S+') == who.chat then take_back(kept[i]) end
  end
end
if no ~= '' then
  redis.call('SET', key.number .. day, count, 'PX', ttl.number)
  redis.call('HINCRBY', key.root, 'given', 1)
  redis.call('ZREMRANGEBYSCORE', key.open, '-inf', at)
end

for _, session in ipairs(sessions) do redis.call('SET', key.session .. session.chat, session.document, 'PX', session.keep) end
for _, who in ipairs(forget) do redis.call('DEL', key.session .. who.chat) end
for _, job in ipairs(jobs) do
  redis.call('SET', key.job .. job.no, job.document, 'PX', job.keep)
  if job.open == '1' then put(key.open, ttl.open, at + job.keep, job.no) else redis.call('ZREM', key.open, job.no) end
end
for _, team in ipairs(teams) do redis.call('SET', key.team, team.document, 'PX', team.keep) end

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

for _, line in ipairs(lines) do redis.call('XADD', line_of(line), '*', 'line', line.body) end


for _, member in ipairs(members) do
  local set = key.set .. member.set
  if member.gone == '1' then redis.call('ZREM', set, member.id) else put(set, ttl.set, member.at, member.id) end
  if member.keep ~= '0' then redis.call('ZREMRANGEBYSCORE', set, '-inf', at - member.keep) end
end
for _, one in ipairs(broadcasts) do
  local it = key.broadcast .. one.name
  if redis.call('HSETNX', it, 'set', one.set) == 1 then
    redis.call('HSET', it, 'until', one['until'], 'zh', one.zh, 'en', one.en, 'score', '-inf', 'last', '', 'told', 0)
    redis.call('PEXPIRE', it, one.keep)
    put(key.broadcasts, ttl.broadcasts, at, one.name)
  end
end

return reply
