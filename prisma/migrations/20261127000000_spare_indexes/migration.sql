-- Two indexes whose columns are the first of a unique one: every change of a row paid for them, no query needed them.
DROP INDEX notice_filing;
DROP INDEX mail_duty_notice;
