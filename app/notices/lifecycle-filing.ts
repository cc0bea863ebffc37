import { openStages, servedStages, type StepRule } from './stages.ts'

/** The steps from the draft to the vendor's contact. */
export const filingSteps = {
  'notice.submitted': {
    from: ['draft'],
    to: [
      { when: 'annexed', to: 'awaiting_approval' },
      { when: 'four_eyes', to: 'awaiting_approval' },
      { to: 'queued' },
    ],
    who: ['editor'],
    mails: [
      { kind: 'notice-served', audience: 'vendor', when: 'signed_at_once' },
      { kind: 'approval-needed', audience: 'approvers', when: 'four_eyes', once: 'filing' },
    ],
    shared: true,
    offered: true,
  },
  'notice.approved': {
    from: ['awaiting_approval'],
    to: [{ to: 'queued' }],
    who: ['approver'],
    needs: ['not_annexed', 'not_submitter'],
    mails: [
      { kind: 'notice-served', audience: 'vendor' },
      { kind: 'filing-approved', audience: 'filer', once: 'filing' },
    ],
    shared: false,
    offered: true,
  },
  'notice.returned': {
    from: ['awaiting_approval'],
    to: [{ to: 'draft' }],
    who: ['approver', 'submitter'],
    needs: ['not_annexed'],
    mails: [{ kind: 'filing-returned', audience: 'filer', when: 'not_submitter', once: 'filing' }],
    shared: false,
    offered: true,
  },
  'notice.recalled': {
    from: ['queued'],
    to: [{ to: 'draft' }],
    who: ['editor'],
    needs: ['not_annexed', 'not_begun'],
    mails: [],
    shared: false,
    offered: true,
  },
  'message.accepted': {
    from: ['queued', ...servedStages],
    to: [
      { from: ['queued'], to: 'sent', clock: ['both_start'] },
      { to: 'same', clock: ['both_start'] },
    ],
    who: ['system'],
    mails: [{ kind: 'notice-sent', audience: 'filer', when: 'moved' }],
    shared: true,
    offered: true,
  },
  'message.delivered': {
    from: servedStages,
    to: [{ from: ['sent'], to: 'delivered' }, { to: 'same' }],
    who: ['system', 'reader', 'bearer'],
    mails: [{ kind: 'notice-delivered', audience: 'filer', when: 'moved' }],
    shared: true,
    offered: true,
  },
  'message.bounced': {
    from: ['queued', ...servedStages],
    to: [{ to: 'same' }],
    who: ['system'],
    mails: [{ kind: 'delivery-failed', audience: 'holder' }],
    shared: false,
    offered: true,
  },
  'message.readdressed': {
    from: ['queued', ...openStages],
    to: [{ to: 'same' }],
    who: ['editor', 'vendor', 'bearer'],
    mails: [
      { kind: 'notice-served', audience: 'address' },
      { kind: 'notice-forwarded', audience: 'holder', when: 'by_vendor' },
    ],
    shared: true,
    offered: true,
  },
} as const satisfies Record<string, StepRule>
