-- ARGV     owner, now in ms, how many members at most
-- Returns  nothing when there is no broadcast; else its name, how many members it
--          has told now and in all, for how many it came too late, and whether it is over (1 or 0).
-- Memory   the first write is one that a full Redis refuses.
local owner, t, most = argument(), tonumber(argument()), tonumber(argument())
if root[3] ~= owner then return {'over'} end
local name = redis.call('ZRANGE', key.broadcasts, 0, 0)[1]
if not name then return {} end
local it = key.broadcast .. name
local set, ends, zh, en, score, last, told = unpack(redis.call('HMGET', it, 'set', 'until', 'zh', 'en', 'score', 'last', 'told'))
if not set then
  redis.call('ZREM', key.broadcasts, name)
  return {name, '0', '0', '0', '1'}
end
told = tonumber(told)

-- A mark right behind the last one says where the rest begins, also when that one has
-- left. Redis orders it: Lua would compare by the server's language.
local key_set, mark = key.set .. set, last .. '\0'
redis.call('ZADD', key_set, score, mark)
local told_before = redis.call('ZRANK', key_set, mark)
redis.call('ZREM', key_set, mark)

local members, late = {}, 0
if t > tonumber(ends) then
  late = redis.call('ZCARD', key_set) - told_before
else
  members = redis.call('ZRANGE', key_set, told_before, told_before + most - 1, 'WITHSCORES')
end
for i = 1, #members, 2 do
  local chat, lang = string.match(members[i], '^(%S+) ?(%S*)$')
  local body = string.gsub(lang == 'en' and en or zh, '^{"chat":0', '{"chat":' .. chat)
  redis.call('XADD', key.rows, '*', 'chat', chat, 'slot', '', 'keep', '', 'say', body)
  score, last, told = members[i + 1], members[i], told + 1
end
redis.call('HSET', it, 'score', score, 'last', last, 'told', told)
local over = #members < 2 * most
if over then redis.call('ZREM', key.broadcasts, name) end
return {name, tostring(#members / 2), tostring(told), tostring(late), over and '1' or '0'}
