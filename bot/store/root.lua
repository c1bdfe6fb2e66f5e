-- What every script begins with. KEYS[1] is the desk's root, which Lead alone
-- makes. A script that meets none, or that of another desk, of another bot or of
-- another time, does nothing: its caller is told that the store is not available.
local prefix = string.sub(KEYS[1], 1, -5)
local root = redis.call('HMGET', KEYS[1], 'desk', 'schema', 'owner', 'bot', 'strange')
if not root[1] then
  return redis.error_reply('ROOT Redis has no desk at ' .. KEYS[1] .. ', it is new or was emptied: whoever leads next makes one')
elseif root[1] ~= KEYS[1] or root[2] ~= this_schema then
  return redis.error_reply('ROOT ' .. KEYS[1] .. ' is of the desk ' .. root[1] .. ' and of schema ' .. tostring(root[2]) .. ', want schema ' .. this_schema)
elseif root[4] ~= this_bot and root[4] ~= '' and this_bot ~= '' then
  return redis.error_reply('ROOT ' .. KEYS[1] .. ' is of another bot: each bot needs a desk key of its own')
end
