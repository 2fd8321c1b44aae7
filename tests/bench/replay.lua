-- Sends prepared requests one after the other; the file named by REQUESTS holds them with a NUL after each.
local requests, at = {}, 0

function init()
  local file = assert(io.open(os.getenv("REQUESTS"), "rb"))
  for request in file:read("*a"):gmatch("[^%z]+") do requests[#requests + 1] = request end
  file:close()
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format('\nRESULT %d %.6f %d %d %.3f\n', summary.requests, summary.duration / 1e6,
    summary.errors.status, broken, latency:percentile(99) / 1000))
end
