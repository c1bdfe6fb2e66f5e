-- ARGV     now in ms, the most reminders to return
-- Returns  of each reminder that is due, the earliest first: its name, when it
--          was due in ms, and chat, space, body.
-- Writes   nothing.
local t, most = argument(), argument()
local reply = redis.call('ZRANGEBYSCORE', key.timers, '-inf', t, 'LIMIT', 0, most, 'WITHSCORES')
local full = {}
for i = 1, #reply, 2 do
  for _, field in ipairs({reply[i], reply[i + 1], redis.call('HGET', key.reminders, reply[i]) or ''}) do full[#full + 1] = field end
end
return full
