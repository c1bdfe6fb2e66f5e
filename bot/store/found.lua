-- Lead makes the root where there is none. Whatever else lies there is of no desk.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'desk', KEYS[1], 'schema', this_schema, 'bot', this_bot, 'incarnation', ARGV[3], 'given', 0)
end
