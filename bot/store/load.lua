-- ARGV     chat, and the number of a job wanted besides those of the session
-- Returns  owner of the term, root's strange, the documents of the session and the
--          team, '' where there is none, then number and document of each job that exists.
-- Writes   nothing.
local chat, wanted = argument(), argument()
local session = redis.call('GET', key.session .. chat) or ''
local reply = {root[3] or '', root[5] or '0', session, redis.call('GET', key.team) or ''}
local taken = {}
for no in string.gmatch((string.match(session, '^%d+([^{]*)') or '') .. ' ' .. wanted, '%S+') do
  local job = not taken[no] and redis.call('GET', key.job .. no)
  taken[no] = true
  if job then reply[#reply + 1], reply[#reply + 2] = no, job end
end
return reply
