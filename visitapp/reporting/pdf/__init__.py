"""Content blocks as tagged PDF/UA-1, by ReportLab. Imported only when a document is made."""
