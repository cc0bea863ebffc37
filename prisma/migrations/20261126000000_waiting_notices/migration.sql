-- The first page asks which filings can still be recalled: of 10,000 queued notices whose sending had begun none was left, and all were read (24 ms).
create index "notice_holder_waiting" on "notice" (holder_organisation_id, filing_id, send_at) where stage = 'queued' and begun_at is null;
