-- files: formats, modes, positions, defaults, errors
local name = os.tmpname()
print(io.type(io.stdout), io.type(1), io.type(nil), pcall(io.type))
local f = assert(io.open(name,"w"))
print(f:write("hello\n","line two\n",12,"\n",1.5,"\n",-0.0," ",2^53," ",1e100,"\n") == f, f:seek("cur"), f:seek("set",2), f:seek("end"))
print(f:read("l"))
print(f:close(), io.type(f), tostring(f), pcall(f.read, f), pcall(f.close,f))
for l in io.lines(name) do print("[" .. l .. "]") end
for a, b in io.lines(name, 1, "L") do print(a, b) end
f = io.open(name) print(f:read("n","l","L","a","a","l","n",0)) print(f:seek("set")) print(f:read(0), f:read(5), f:read("*l"), f:read("*L"), f:read("n","n","n")) print(f:read("a")) print(f:read("a"), f:read("l"), f:read(0), f:read(1)) f:close()
print(pcall(io.lines, name, "x")) print(pcall(function() for l in io.lines(name,"x") do end end))
print(io.open("/nonexistent/file")) print(pcall(io.lines,"/nonexistent/file")) print(pcall(io.open,name,"rw")) print(pcall(io.open,name,"rbb+")) print(pcall(io.open,name,"r+bb")~=nil) print(pcall(io.open))
f=io.open(name,"a+") f:write("more") f:seek("set") print(#f:read("a")) f:close()
f=io.open(name,"r+") f:write("HE") f:seek("set") print(f:read("l")) f:close()
f=io.open(name,"w+b") f:write("a\0b\255\r\n\n") f:seek("set") print(f:read("a")=="a\0b\255\r\n\n") print(f:seek("set",-1)) print(pcall(f.seek,f,"foo")) print(pcall(f.seek,f,"set",1.5)) print(f:setvbuf("no"),f:setvbuf("full",100),f:setvbuf("line"),pcall(f.setvbuf,f,"x")) print(f:flush()==f) f:close()
local function num(s) local f=io.open(name,"w") f:write(s) f:close() f=io.open(name) local r={f:read("n")} local rest=f:read("a") f:close() print(s:sub(1,30), r[1], math.type(r[1]), rest:sub(1,20)) end
for _,s in ipairs{"12","  12 x","0x1F","0x1.8p1z","1e5","1e","-.5","- 5","+7","0x","..5","1.5.5","nan","inf","","   ","1e+","0x.8","9223372036854775808","1"..("0"):rep(250),"5,6","\t\n 8","12abc","0xep1","1_0"} do num(s) end
io.output(name) io.write("x=",1,"\n") io.write("second") io.close() print(pcall(io.write,"x")) io.output(io.stdout)
io.input(name) print(io.read()) print(io.read("a")) print(io.read("l")) io.close(io.input()) print(pcall(io.read)) io.input(io.stdin)
print(pcall(io.input,"/nonexistent")) print(pcall(io.output,{})) print(pcall(io.close,1)) print(pcall(io.lines,1,2))
print(pcall(function() for l in io.lines(name) do error("x") end end)) 
local f=io.open(name) local it=f:lines() print(it()) f:close() print(pcall(it))
local f=io.tmpfile() f:write("tmp") f:seek("set") print(f:read("a"), io.type(f)) f:close()
print(getmetatable(io.stdout).__name, tostring(io.stdout):match("^file %(0x") ~= nil, getmetatable(io.stdout).__index.write == io.stdout.write)
print(pcall(io.stdout.write)) print(pcall(io.stdout.write, 1)) print(pcall(io.write, {})) print(pcall(f.write,f,1))
do local f <close> = io.open(name) end
local f2 do local f <close> = io.open(name) f2=f end print(io.type(f2))
print((io.stderr:write("")) == io.stderr)
print(io.open("/tmp"):read("a")) print(io.open("/tmp","w"))
print(pcall(f2.lines,f2)) print(#{io.lines(name)}) 
print(io.lines(name,"n","l")()) f=io.open(name,"w") print(f:read(1)) print(f:read("n")) f:close() f=io.open(name) print(f:write("x")) f:close()
print(pcall(io.read,"x")) print(pcall(f2.read,nil)) print(io.stdout:close()) print(pcall(io.stdin.nothing)) print(io.stdin.nothing, #io.type(io.stdin))
local f=io.open(name,"w") for i=1,3 do f:write(i,"\n") end f:close() local t={} for a,b in io.open(name):lines("n","l") do t[#t+1]=a end print(table.concat(t,","))
print(os.remove(name), (select(2, os.remove(name)):gsub("^.*: ", "")))
