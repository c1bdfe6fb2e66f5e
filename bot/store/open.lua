-- Returns  number, rev and body of each open job.
-- Writes   nothing.
local reply = {}
for _, no in ipairs(redis.call('ZRANGE', key.open, 0, -1)) do
  local job = redis.call('HMGET', key.job .. no, 'rev', 'body')
  if job[1] then
    for _, field in ipairs({no, job[1], job[2]}) do reply[#reply + 1] = field end
  end
end
return reply
