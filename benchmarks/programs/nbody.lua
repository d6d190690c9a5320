local DAYS = 365.24
local SOLAR_MASS = 4 * math.pi * math.pi

local function system()
  local bodies = {
    {x = 0, y = 0, z = 0, vx = 0, vy = 0, vz = 0, mass = SOLAR_MASS},
    {x = 4.841, y = -1.160, z = -0.103, vx = 0.00166 * DAYS, vy = 0.00769 * DAYS, vz = -0.0000690 * DAYS,
     mass = 0.000954 * SOLAR_MASS},
    {x = 8.343, y = 4.124, z = -0.403, vx = -0.00276 * DAYS, vy = 0.00499 * DAYS, vz = 0.0000230 * DAYS,
     mass = 0.000285 * SOLAR_MASS},
    {x = 12.894, y = -15.111, z = -0.223, vx = 0.00296 * DAYS, vy = 0.00237 * DAYS, vz = -0.0000296 * DAYS,
     mass = 0.0000436 * SOLAR_MASS},
    {x = 15.379, y = -25.919, z = 0.179, vx = 0.00268 * DAYS, vy = 0.00162 * DAYS, vz = -0.0000951 * DAYS,
     mass = 0.0000515 * SOLAR_MASS},
  }
  local px, py, pz = 0, 0, 0
  for _, body in ipairs(bodies) do
    px = px + body.vx * body.mass
    py = py + body.vy * body.mass
    pz = pz + body.vz * body.mass
  end
  local sun = bodies[1]
  sun.vx, sun.vy, sun.vz = -px / SOLAR_MASS, -py / SOLAR_MASS, -pz / SOLAR_MASS
  return bodies
end

local function advance(bodies, dt)
  local count = #bodies
  for i = 1, count do
    local a = bodies[i]
    for j = i + 1, count do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local square = dx * dx + dy * dy + dz * dz
      local magnitude = dt / (square * math.sqrt(square))
      local pull = b.mass * magnitude
      a.vx = a.vx - dx * pull
      a.vy = a.vy - dy * pull
      a.vz = a.vz - dz * pull
      pull = a.mass * magnitude
      b.vx = b.vx + dx * pull
      b.vy = b.vy + dy * pull
      b.vz = b.vz + dz * pull
    end
  end
  for i = 1, count do
    local body = bodies[i]
    body.x = body.x + dt * body.vx
    body.y = body.y + dt * body.vy
    body.z = body.z + dt * body.vz
  end
end

local function energy(bodies)
  local total = 0
  for i, a in ipairs(bodies) do
    total = total + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      total = total - a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return total
end

return function(n)
  local bodies = system()
  for _ = 1, n do
    advance(bodies, 0.01)
  end
  return string.format("%.9f", energy(bodies))
end
