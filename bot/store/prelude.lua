-- What the scripts may use. store.go puts before a script the blocks of this file
-- that it names, and no other: an empty line ends a block.
-- KEYS[1] is the desk's root, which routes the script; every key lies in its slot.

-- now is Redis's clock in milliseconds: the hosts may disagree about theirs.
local function now()
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end

local cursor = 0

-- argument takes the next argument.
local function argument()
  cursor = cursor + 1
  return ARGV[cursor]
end

-- records takes a list from the arguments: its length, then so many records of
-- the named fields. Most lists of a commit are empty.
local function records(...)
  local length = argument()
  if length == '0' then return {} end
  local names, list = {...}, {}
  for n = 1, tonumber(length) do
    list[n] = {}
    for _, name in ipairs(names) do list[n][name] = argument() end
  end
  return list
end

-- sound says whether a key is missing or of the type that it should be.
local function sound(name, kind)
  local found = redis.call('TYPE', name).ok
  return found == 'none' or found == kind
end

-- put adds a member to a sorted set and renews its life.
local function put(set, life, score, member)
  redis.call('ZADD', set, score, member)
  redis.call('PEXPIRE', set, life)
end

-- message gives Telegram's id of the message of a slot. It is known only in the
-- chat to which a row goes.
local function message(slot, chat)
  if slot == '' then return '0' end
  local shown = redis.call('HMGET', key.slot .. slot, 'chat', 'message')
  return shown[1] == chat and shown[2] or '0'
end
