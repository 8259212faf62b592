"""The regression gate: PASS, FAIL or INCONCLUSIVE for a candidate against a baseline, by a policy.

Import the module that holds the subject: `policy` (what is asked for), `tests` (non-inferiority on paired
differences), `feasibility`, `watch` (flips, must-not-break items), `ceilings`, `decide` (everything together),
`simulate` (false alarms and power), and the four ways to say it: `console`, `markdown`, `junit`, `document`.
"""
