-- the lines of loops whose iterators cannot be called
print(pcall(function()
  for a, b in true do
    print(a)


  end
end))
print(pcall(function()
  for a in 5 do
    print(a)


  end
end))
print(pcall(function() local n = 0
  for a in function() n = n + 1 if n == 3 then error("it") end return n end do


    print(a)
  end
end))
print(pcall(function() local n = 0
  for a, b in function() n = n + 1 if n == 3 then local x = n.x.y end return n end
  do
    print(a)
  end
end))
print(pcall(function()
  for a,
    b in
    nil,
    5 do
    print(a)
  end
end))
print(coroutine.resume(coroutine.create(function()
  for a, b in true do
    print(a)


  end
end)))
print(coroutine.resume(coroutine.create(function()
  for a, b in

   {}
   do
    local x <close> = nil
    print(a)


  end
end)))
