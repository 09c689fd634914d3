"""Kian measured beside stock docxtpl and plain click, in one run: `python -m benchmarks`.

Numbers of one machine mean little; ratios within one run do. Never a test: nothing here fails
because a machine is slow.
"""
