-- The bytes of a mail are base64 and quoted-printable: compressing them costs more than it saves.
ALTER TABLE mail_raw ALTER COLUMN bytes SET STORAGE EXTERNAL;
