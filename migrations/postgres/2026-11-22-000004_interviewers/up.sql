-- Accounts of interviewers, and the mails that interviews need.

ALTER TABLE account DROP CONSTRAINT account_role_check;
ALTER TABLE account DROP CONSTRAINT account_check;
ALTER TABLE account ADD CONSTRAINT account_role_check CHECK (role IN ('administrator', 'hr', 'interviewer'));
-- An interviewer of no organisation is an independent one.
ALTER TABLE account ADD CONSTRAINT account_check CHECK (
    (role <> 'administrator' OR organisation_id IS NULL) AND (role <> 'hr' OR organisation_id IS NOT NULL)
);

ALTER TABLE mail ADD COLUMN interview_id TEXT REFERENCES interview (id) ON DELETE CASCADE;
ALTER TABLE mail DROP CONSTRAINT mail_kind_check;
ALTER TABLE mail DROP CONSTRAINT mail_check;
ALTER TABLE mail ADD CONSTRAINT mail_kind_check CHECK (
    kind IN ('invitation', 'reminder', 'sign_in', 'password', 'case_offered', 'interview_time', 'read_back')
);
ALTER TABLE mail ADD CONSTRAINT mail_check CHECK (
    (invitation_id IS NOT NULL)::INTEGER + (account_id IS NOT NULL)::INTEGER + (interview_id IS NOT NULL)::INTEGER = 1
);
