-- The names of options end at their first zero byte, as C's strings do.
print(pcall(collectgarbage, "a\0b"))
print(collectgarbage("step\0by step"))
print(pcall(collectgarbage, "\0count"))
print(pcall(collectgarbage, {}), pcall(collectgarbage, 1))
