"""Tables that come from elsewhere: CSV and XLSX read into plain rows."""
