"""The first start: how somebody will use visitapp, their file, and a recovery sheet to print."""
