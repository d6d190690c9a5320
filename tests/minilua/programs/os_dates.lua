print(os.time({year = 2026, month = 11, day = 23, hour = 12}) - os.time({year = 2026, month = 11, day = 22, hour = 12}), os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%Y-%m-%dT%H:%M:%SZ", 1763900000), os.date("!%A %B %d %j %p %y %%", 86400 * 45))
local t = os.date("!*t", 1763900000) print(t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst)
print(math.type(os.time()), os.time() > 1600000000, type(os.clock()), os.clock() >= 0, os.difftime(10, 5), type(os.date()))
local function try(f, ...) print(pcall(f, ...)) end
try(os.time, {year = 2026}) try(os.time, {year = 2026, month = "x", day = 1}) try(os.time, {year = 2026, month = 1.5, day = 1}) try(os.date, "%Ez", 0) try(os.date, "%Q", 0) try(os.date, "*t", "x") try(os.difftime) try(os.time, 5)
print(os.date("!%H", 3600.0), pcall(os.date, "!%H", 1.5)) local n = {year = 2026, month = 14, day = -3, hour = 12} os.time(n) print(n.year, n.month, n.day)
