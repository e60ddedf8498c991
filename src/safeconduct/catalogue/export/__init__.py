"""The whole catalogue for others: as JSON that reads back, as a workbook, and as OSCAL.

Every form follows from the catalogue alone: the same catalogue gives the same bytes, on any day and any machine.
"""
