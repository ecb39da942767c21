"""Lists of societies and their officers: read from files, compared with the registry, and written."""
