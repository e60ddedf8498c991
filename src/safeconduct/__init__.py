"""Safeconduct: one security management system for the supply chain.

An organisation records once what it has in place; Safeconduct works out, for any day, what that proves to
every programme it must meet, and what it leaves open as risk.
"""

__version__ = "0.1.0.dev0"
