-- The first page names the day when the first decision stands by itself.
CREATE INDEX notice_holder_challenge ON notice (holder_organisation_id, challenge_by) WHERE stage = 'decided';
