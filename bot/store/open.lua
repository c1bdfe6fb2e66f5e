-- Returns  number and document of each open job.
-- Writes   nothing.
local reply = {}
for _, no in ipairs(redis.call('ZRANGE', key.open, 0, -1)) do
  local job = redis.call('GET', key.job .. no)
  if job then reply[#reply + 1], reply[#reply + 2] = no, job end
end
return reply
