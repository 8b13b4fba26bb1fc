"""Exchange with other programs: CSV and XLSX read into visits, and calendar files written."""
