"""Reading numbers: values with units, bounds and roles."""
