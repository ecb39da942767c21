"""The step in which answers of journals are filed, due dates watched and claims held against what was said."""
