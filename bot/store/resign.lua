-- ARGV     owner
-- Returns  nothing; whoever asks next leads, unless another leads already.
-- Memory   writes a deletion only: a full Redis lets it pass.
if root[3] == argument() then redis.call('HDEL', key.root, 'owner', 'until') end
return {}
