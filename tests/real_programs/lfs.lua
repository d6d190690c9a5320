-- As much of LuaFileSystem, which is in C, as Penlight and Teal load and as can be had from the standard library.

local lfs = {}

-- Whether a path names a file or a directory: a directory can be opened, but not read.
function lfs.attributes(path, wanted)
  local file = io.open(path)
  if not file then
    return nil, "cannot obtain information from file '" .. path .. "': No such file or directory", 2
  end
  local _, failure = file:read(0)
  file:close()
  local found = {mode = failure and failure:find("directory") and "directory" or "file"}
  return type(wanted) == "string" and found[wanted] or found
end

lfs.symlinkattributes = lfs.attributes

function lfs.currentdir()
  return os.getenv("PWD")
end

return lfs
