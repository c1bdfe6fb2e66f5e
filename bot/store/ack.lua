-- KEYS[1]  the desk's prefix
-- ARGV     owner, op; a list of: id slot chat message   (message 0: the slot
--          has none now, as after a deletion)
-- Returns  the ids of rows that the owner does not hold; nothing was done to them.
-- Memory   begins with a deletion: a full Redis lets it pass.
local owner, op, lost = argument(), argument(), {}
for _, ack in ipairs(records('id', 'slot', 'chat', 'message')) do
  if holds(ack.id, owner, op, lost) then
    local lane, keep = unpack(redis.call('HMGET', key.row .. ack.id, 'lane', 'keep'))
    drop(ack.id, lane)
    if ack.slot ~= '' then
      redis.call('HSET', key.slot .. ack.slot, 'chat', ack.chat, 'message', ack.message)
      redis.call('PEXPIRE', key.slot .. ack.slot, keep)
    end
    settle(lane)
  end
end
return lost
