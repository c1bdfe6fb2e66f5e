-- ARGV     chat, and the number of a job wanted besides those of the session
-- Returns  rev and body of the session, rev and body of the team, then number,
--          rev and body of each job that exists. A missing session or team has
--          an empty rev.
-- Writes   nothing.
local chat, wanted = argument(), argument()
local session = redis.call('HMGET', key.session .. chat, 'rev', 'body', 'jobs')
local team = redis.call('HMGET', key.team, 'rev', 'body')
local reply, taken = {session[1] or '', session[2] or '', team[1] or '', team[2] or ''}, {}
for no in string.gmatch((session[3] or '') .. ' ' .. wanted, '%S+') do
  local job = not taken[no] and redis.call('HMGET', key.job .. no, 'rev', 'body')
  taken[no] = true
  if job and job[1] then
    for _, field in ipairs({no, job[1], job[2]}) do reply[#reply + 1] = field end
  end
end
return reply
