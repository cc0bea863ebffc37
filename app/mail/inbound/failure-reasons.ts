/** Why a mail was not delivered, and whether only another address helps. */
export const failureReasons = {
  'no-such-user': { hard: true },
  'no-such-host': { hard: true },
  moved: { hard: true },
  'takes-no-mail': { hard: true },
  'mailbox-full': { hard: false },
  'mailbox-disabled': { hard: false },
  filtered: { hard: false },
  'sender-refused': { hard: false },
  unauthenticated: { hard: false },
  blocked: { hard: false },
  spam: { hard: false },
  policy: { hard: false },
  'relay-denied': { hard: false },
  'too-large': { hard: false },
  'too-many': { hard: false },
  expired: { hard: false },
  network: { hard: false },
  system: { hard: false },
  protocol: { hard: false },
  unclear: { hard: false },
} as const satisfies Record<string, { hard: boolean }>

export type FailureReason = keyof typeof failureReasons
