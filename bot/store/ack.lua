-- ARGV     owner, op; a list of: id slot chat message   (message 0: the slot
--          has none now, as after a deletion)
-- Returns  the ids of rows that the owner does not hold; nothing was done to them.
-- Memory   begins with a deletion: a full Redis lets it pass.
local owner, op, lost = argument(), argument(), {}
local acks, ids, names = {}, {}, {}
for _, ack in ipairs(records('id', 'slot', 'chat', 'message')) do
  ack.row = held(ack.id, owner, op, lost)
  if ack.row then
    acks[#acks + 1], ids[#ids + 1], names[#names + 1] = ack, ack.id, key.row .. ack.id
  end
end
if #acks == 0 then return lost end
redis.call('ZREM', key.leased, unpack(ids))
redis.call('ZREM', key.rows, unpack(ids))
redis.call('DEL', unpack(names))
for _, ack in ipairs(acks) do
  redis.call('ZREM', key.queue .. ack.row.lane, ack.id)
  if ack.slot ~= '' then
    redis.call('HSET', key.slot .. ack.slot, 'chat', ack.chat, 'message', ack.message)
    redis.call('PEXPIRE', key.slot .. ack.slot, ack.row.keep)
  end
  -- A lane of which a row was leased is not in ready: one that is empty now stays out.
  if first(ack.row.lane) then settle(ack.row.lane) end
end
return lost
