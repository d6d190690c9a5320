-- the lines of loops whose iterators cannot be called
print(pcall(function()
  for a in (1 ~= function()

  end) do
    print(a)
  end
end))
print(pcall(function()
  for a, b in (1 ~= function()

  end) do
    print(a)
  end
end))
print(pcall(function()
  for a, b in {}, function()

  end do
    print(a)
  end
end))
print(pcall(function()
  for a, b in {

  }, function()

  end do
    print(a)
  end
end))
print(pcall(function()
  for i = 1, {
  }, function()

  end do
    print(a)
  end
end))
print(pcall(function()
  for a in ({

  }).x do
    print(a)
  end
end))
