-- ARGV     chat, and the number of a job wanted besides those of the session
-- Returns  owner of the term, root's strange; rev, body and jobs of the session, rev
--          and body of the team, then number, rev and body of each job that exists.
--          A missing session or team has an empty rev.
-- Writes   nothing.
local chat, wanted = argument(), argument()
local session = redis.call('HMGET', key.session .. chat, 'rev', 'body', 'jobs')
local team = redis.call('HMGET', key.team, 'rev', 'body')
local reply = {root[3] or '', root[5] or '0', session[1] or '', session[2] or '', session[3] or '', team[1] or '', team[2] or ''}
local taken = {}
for no in string.gmatch((session[3] or '') .. ' ' .. wanted, '%S+') do
  local job = not taken[no] and redis.call('HMGET', key.job .. no, 'rev', 'body')
  taken[no] = true
  if job and job[1] then
    for _, field in ipairs({no, job[1], job[2]}) do reply[#reply + 1] = field end
  end
end
return reply
