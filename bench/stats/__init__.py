"""Statistics on article sums: estimates, paired comparison, multiplicity, rank sets, power, noise, e-values.

Import the module that holds the subject (`from bench.stats.estimates import mean_estimate`); nothing here
imports scipy.stats, which is slow to load.
"""
