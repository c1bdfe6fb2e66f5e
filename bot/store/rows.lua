-- ARGV     owner, the entry after which to read ('' = the first), how many at most,
--          dangers (1: those first, wherever they stand)
-- Returns  how many rows there are, how many commits that were not made for the term
--          of their time have been; then each row as: entry chat slot keep
--          say message attempts. A reader whose term is over is told 'over' and nothing else.
-- Writes   nothing.
local owner, after, most, dangers = argument(), argument(), tonumber(argument()), argument()
if root[3] ~= owner then return {'over'} end
local reply = {redis.call('XLEN', key.rows), root[5] or '0'}
local failed = redis.call('HLEN', key.tries) > 0

local function add(entries)
  for _, entry in ipairs(entries) do
    local id, fields = entry[1], entry[2]
    local chat, slot = fields[2], fields[4]
    reply[#reply + 1] = {id, chat, slot, fields[6], fields[8], message(slot, chat), failed and redis.call('HGET', key.tries, id) or '0'}
  end
end

if dangers == '1' then
  for _, id in ipairs(redis.call('ZRANGE', key.dangers, 0, -1)) do add(redis.call('XRANGE', key.rows, id, id)) end
end
if most > 0 then add(redis.call('XRANGE', key.rows, after == '' and '-' or '(' .. after, '+', 'COUNT', most)) end
return reply
