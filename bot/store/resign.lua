-- ARGV     owner
-- Returns  nothing; whoever asks next leads, unless another leads already.
-- Memory   writes a deletion only: a full Redis lets it pass.
local owner = argument()
if sound(key.leader, 'hash') and redis.call('HGET', key.leader, 'owner') == owner then redis.call('DEL', key.leader) end
return {}
