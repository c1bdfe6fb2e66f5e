-- ARGV     owner, now in ms, how many members at most
-- Returns  nothing when there is no broadcast; else its name, how many members it
--          has told, for how many it came too late, and whether it is over (1 or 0).
-- Memory   the first write is one that a full Redis refuses.
local owner, t, most = argument(), tonumber(argument()), tonumber(argument())
if root[3] ~= owner then return {'over'} end
local name = redis.call('ZRANGE', key.broadcasts, 0, 0)[1]
if not name then return {} end
local it = key.broadcast .. name
local set, ends, zh, en, score, last, told = unpack(redis.call('HMGET', it, 'set', 'until', 'zh', 'en', 'score', 'last', 'told'))
if not set then
  redis.call('ZREM', key.broadcasts, name)
  return {name, '0', '0', '1'}
end
told = tonumber(told)

-- next gives the members behind the last one, in the set's order: by score, and
-- those of one score by name. Many of one score are read again and passed over.
local function next_members()
  local window = most
  while true do
    window = window * 2
    local all = redis.call('ZRANGEBYSCORE', key.set .. set, score, '+inf', 'WITHSCORES', 'LIMIT', 0, window)
    local found = {}
    for i = 1, #all, 2 do
      if (all[i + 1] ~= score or all[i] > last) and #found < most then found[#found + 1] = {all[i], all[i + 1]} end
    end
    if #found > 0 or #all < 2 * window then return found end
  end
end

local members, late = {}, 0
if t > tonumber(ends) then
  late = redis.call('ZCOUNT', key.set .. set, '(' .. score, '+inf')
else
  members = next_members()
end
for _, member in ipairs(members) do
  local chat, lang = string.match(member[1], '^(%S+) ?(%S*)$')
  local body = string.gsub(lang == 'en' and en or zh, '^{"chat":0', '{"chat":' .. chat)
  redis.call('XADD', key.rows, '*', 'chat', chat, 'slot', '', 'keep', '', 'say', body)
  score, last, told = member[2], member[1], told + 1
end
redis.call('HSET', it, 'score', score, 'last', last, 'told', told)
local over = #members < most
if over then redis.call('ZREM', key.broadcasts, name) end
return {name, tostring(told), tostring(late), over and '1' or '0'}
