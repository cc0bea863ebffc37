-- Few notices are escalated: what leaves them out of a list reads these few once, not a row for every notice.
CREATE INDEX notice_private_escalated ON notice_private (notice_id) WHERE escalation <> 'none';
