"""Word files: templates compiled and filled, text read back, parts written the same everywhere.

Other rooms import the module they need: `template` (fill), `document` (inspect, stamp,
write), `master` (text form), `package` (parts), `marks` and `unknown` (value types).
"""
