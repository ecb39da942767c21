"""The text of a letter as plain functions: reading files, blocks with ids, canonical form, HTML and redline;
no Django."""
