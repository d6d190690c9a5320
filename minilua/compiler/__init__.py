"""From nodes to Python: resolve (whose variable is it), facts (what can it hold), codegen, program."""
