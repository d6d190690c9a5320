local Account = {}
Account.__index = Account

function Account.new(owner, balance)
  return setmetatable({owner = owner, balance = balance, entries = 0}, Account)
end

function Account:deposit(amount)
  self.balance = self.balance + amount
  self.entries = self.entries + 1
end

function Account:withdraw(amount)
  if amount > self:available() then
    return false
  end
  self.balance = self.balance - amount
  self.entries = self.entries + 1
  return true
end

function Account:available()
  return self.balance
end

local Credit = setmetatable({}, {__index = Account})
Credit.__index = Credit

function Credit.new(owner, balance, limit)
  local account = Account.new(owner, balance)
  account.limit = limit
  return setmetatable(account, Credit)
end

function Credit:available()
  return self.balance + self.limit
end

return function(n)
  local refused, total = 0, 0
  for i = 1, n do
    local plain = Account.new("a", i % 10)
    local credit = Credit.new("b", i % 10, 50)
    for amount = 1, 5 do
      plain:deposit(amount)
      credit:deposit(amount)
      if not plain:withdraw(amount * 2) then
        refused = refused + 1
      end
      if not credit:withdraw(amount * 6) then
        refused = refused + 1
      end
    end
    total = total + plain.balance + credit.balance + credit.entries
  end
  return total * 1000 + refused
end
