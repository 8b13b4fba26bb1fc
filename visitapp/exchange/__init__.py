"""Exchange with other programs: reads CSV and XLSX into visits, and writes calendar files."""
