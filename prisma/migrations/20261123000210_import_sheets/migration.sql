-- Which sheet of a workbook an import reads. Null where the file is text, which has its encoding and separator instead.
ALTER TABLE catalogue_import ADD COLUMN sheet text;
