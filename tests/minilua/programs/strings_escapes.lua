print("a\tb\\c\"d\'e", 'single "double"', "double 'single'", "\65\066\0067", "\x41\x7a\x4A", "\u{48}\u{49}", #"\u{7FF}", #"\u{800}", #"\u{10FFFF}", #"\u{7FFFFFFF}")
print(#"\0\00\000", ("\0a"):byte(1, -1))
print("line1\nline2\
line3", "a\z
       b", "x\z   y")
print(("\a\b\f\n\r\t\v\\"):byte(1, -1))
print([[long
string]], [==[with ]] inside ]=] too]==], [[
first newline dropped]], [[

two]], #[[]], #[==[]==])
print([[no \n escapes \x41]], '\'', "\"", '\\n')
print("\u{20AC}", "\xE2\x82\xAC", "\u{E9}" == "é", #"é", "\u{0}" == "\0")
print(("\u{7FFFFFFF}"):byte(1, -1))
print(("\xff\xfe"):byte(1, -1))
print(#"\r\n", #[[
]], "tab	inside")
print("a" --[[comment]] .. "b" --[==[ other
]==] .. "c") -- end
--[[ multi
line ]] print("after comment")
--[==[ ]] ]=] ]==] print("after level two")
---[[ not a long comment
print("runs")
--]]
print(#"\z  ", "\
" == "\n", '\z

x')
print(1, 0xff, 1e2, .5, 3., 0x.1, 0xA.8p1, 1E-2, 0x10p-1)
local s = "caf\u{e9}"
print(s, #s, s:upper(), s:len(), s:sub(-2), s:reverse():reverse() == s)
for _, code in ipairs {
  [["\400"]], [["\xZZ"]], [["\x1"]], [["\u{110000000}"]], [["\u41"]], [["\u{}"]], [["\q"]], [["unfinished]], "'unfinished\n'", "[[unfinished",
  "[==[unfinished]]", "--[[unfinished", "[=x", "3..2", "0x", "1e", "3x", "0xg", "1e+", "@", "$", "a ~ = b", "!", "\\", "x = }", "x = = 1", [["\u{zz}"]], "5..", "'a\\", "\"\\z\n",
} do print(load("return " .. code, "=s")) end
print("\123abc", "\1234", "\049\50")
print(("x"):rep(3, ", "), ("%d%%"):format(50))
print('a\
b', "embedded\0zero" == "embedded", #"embedded\0zero")
