local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
print(hex(string.pack("<i4", 100)), hex(string.pack(">i4", -2)), hex(string.pack("<I2", 65535)), hex(string.pack(">I3", 0x010203)), hex(string.pack("b", -1)), hex(string.pack("B", 255)))
print(hex(string.pack("<d", 1.5)), hex(string.pack(">f", -0.5)), hex(string.pack("<n", 0.1)), hex(string.pack("<j", math.mininteger)), hex(string.pack("<h", -300)))
print(hex(string.pack("z", "abc")), hex(string.pack("<s1", "abc")), hex(string.pack("<s2", "xy")), hex(string.pack("c5", "ab")), hex(string.pack("<i1xi1", 1, 2)))
print(hex(string.pack("<!4 i1 i4", 1, 2)), hex(string.pack("<!2 i1 i4", 1, 2)), hex(string.pack("<i1!4Xi4i4", 1, 2)))
print(string.unpack("<i4", "\100\0\0\0")) print(string.unpack(">I2 z s1", "\1\2abc\0\3xyz!")) print(string.unpack("<d", string.pack("<d", math.pi))) print(string.unpack("c3", "abcdef", 2)) print(string.unpack("<i16", string.pack("<i16", -5))) print(string.unpack("<j", string.pack("<j", math.maxinteger)))
print(string.packsize("<i4i8"), string.packsize("!8 i1 i8"), string.packsize("c10"), string.packsize("<bhilj"))
local function try(f, ...) print(pcall(f, ...)) end
try(string.pack, "i17", 1) try(string.pack, "i1", 200) try(string.pack, "I1", -1) try(string.pack, "z", "a\0b") try(string.pack, "s1", ("x"):rep(300)) try(string.pack, "c2", "abc") try(string.pack, "y", 1) try(string.pack, "i4") try(string.pack, "i4", "x") try(string.pack, "d", {}) try(string.unpack, "i4", "abc") try(string.unpack, "z", "abc") try(string.unpack, "s4", "\255\0\0\0") try(string.unpack, "i4", "abcd", 10) try(string.packsize, "s") try(string.packsize, "z") try(string.unpack, "<I9", ("\255"):rep(9)) try(string.pack, "!3 i4", 1) try(string.pack, "c", "x") try(string.pack)
