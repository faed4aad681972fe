import { script } from './script.ts';

/**
 * Appends to a stream that must not lose what a group still needs, and tells older clients. Only a full stream costs
 * more: then what every group has acknowledged goes. The last acknowledged entry stays, so that whoever comes back with
 * its id sees that nothing is missing. In one script, because several publishers share the bound.
 *
 * KEYS: stream, and where only one of several may append it, a key of the message. ARGV: limit, envelope, abandoned after
 * ms, channel or nothing, remembered for ms. Answers the entry's id, nothing when it was there already, or the error
 * `BUSFULL group`.
 */
export const appendKept = script(`
local stream, limit = KEYS[1], tonumber(ARGV[1])
if KEYS[2] and redis.call('EXISTS', KEYS[2]) == 1 then return nil end
local function field(list, name)
  for i = 1, #list, 2 do if list[i] == name then return list[i + 1] end end
end
local function before(one, two)
  local ms1, seq1 = string.match(one, '(%d+)-(%d+)')
  local ms2, seq2 = string.match(two, '(%d+)-(%d+)')
  ms1, ms2, seq1, seq2 = tonumber(ms1), tonumber(ms2), tonumber(seq1), tonumber(seq2)
  return ms1 < ms2 or (ms1 == ms2 and seq1 < seq2)
end
if redis.call('XLEN', stream) >= limit then
  local needed, behind
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    local name = field(group, 'name')
    local active = false
    for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, name)) do
      if field(consumer, 'idle') < tonumber(ARGV[3]) then active = true end
    end
    if active then
      local pending = redis.call('XPENDING', stream, name)
      local from = pending[1] > 0 and pending[2] or field(group, 'last-delivered-id')
      if needed == nil or before(from, needed) then needed, behind = from, name end
    end
  end
  if needed == nil then
    redis.call('XTRIM', stream, 'MAXLEN', math.floor(limit * 0.9))
  else
    redis.call('XTRIM', stream, 'MINID', needed)
  end
  if redis.call('XLEN', stream) >= limit then return redis.error_reply('BUSFULL ' .. (behind or '')) end
end
local id = redis.call('XADD', stream, '*', 'event', ARGV[2])
if KEYS[2] then redis.call('SET', KEYS[2], '1', 'PX', ARGV[5]) end
if ARGV[4] ~= '' then redis.pcall('PUBLISH', ARGV[4], string.sub(ARGV[2], 1, -2) .. ',"via":"stream"}') end
return id
`);
