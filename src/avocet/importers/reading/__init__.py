"""What importers share to read files: lines, documents, tables, and the values in them."""
