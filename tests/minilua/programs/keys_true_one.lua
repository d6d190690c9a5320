-- The keys true and 1, false and 0: Python takes them for the same.
local t={[true]=5, G1}
print(t[1], rawget(t,1), t[1.0])
print(table.unpack(t,1,3))
print(#t, next(t))
for i,v in ipairs(t) do print(i,v) end
local i=1
print(t[i], (function(k) return t[k] end)(1))
local u={[true]=5,[false]=6} 
print(u[1],u[0],table.unpack(u,0,1)) 
print(pcall(table.concat,u,",",0,1))
print(table.move(u,0,1,5,{})[5])
for j=0,1 do print(u[j]) end
print(table.remove(u), table.remove({[true]=3},1))
print(select('#',table.unpack(u,0,1)))
table.insert(u, 9) print(u[1],u[true])
print(rawequal(u[true],5), u[0])
local w={[true]='x'} table.sort(w) print(#w)
print(pcall(string.format,"%s",u[1]))
print(({[true]=1})[1.0], rawlen({[true]=1}))
