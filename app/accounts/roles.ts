/** What a person may be in an organisation, from most to least. */
export const roles = ['owner', 'editor', 'approver', 'viewer'] as const
/** One of them. */
export type Role = (typeof roles)[number]

/** Who may do what inside their own organisation. Whether the organisation may do it at all is another rule. */
const rolesByAct = {
  read: ['owner', 'editor', 'approver', 'viewer'],
  'edit-catalogues': ['owner', 'editor'],
  'file-notices': ['owner', 'editor'],
  'keep-evidence': ['owner', 'editor'],
  'approve-filings': ['owner', 'approver'],
  'answer-notices': ['owner', 'editor'],
  'edit-directory-entry': ['owner', 'editor'],
  'manage-people': ['owner'],
  'manage-organisation': ['owner'],
} as const satisfies Record<string, readonly Role[]>

/** Something a member does for the organisation. */
export type Act = keyof typeof rolesByAct

/** Every act of the table, for pages and tests that walk it. */
export const acts = Object.keys(rolesByAct).filter(isAct)

/** How many people must be able to approve before four-eyes approval is switched on. */
export const fewestApprovers = 2

/** The roles that may do this act, to tell a person whom to ask. */
export function rolesFor(act: Act): readonly Role[] {
  return rolesByAct[act]
}

/** Whether a member with this role may do this act for the organisation. */
export function mayDo(role: Role, act: Act): boolean {
  return rolesFor(act).includes(role)
}

/** Whether this text, from a form or the database, is a role. */
export function isRole(text: unknown): text is Role {
  return roles.some((role) => role === text)
}

/** Who changes whom, as the database sees them now. */
export type MembershipChange = {
  actor: { personId: string; role: Role }
  /** The member who is changed. */
  member: { personId: string; role: Role }
  /** How many owners the organisation has now. */
  ownersCount: number
}

/** Whether a change of members may be made. */
export type MembershipVerdict = { allowed: true } | { allowed: false; because: 'not-an-owner' | 'last-owner' }

/** Only an owner gives roles, and the last owner stays one. */
export function judgeRoleChange({
  actor,
  member,
  ownersCount,
  newRole,
}: MembershipChange & { newRole: Role }): MembershipVerdict {
  if (!mayDo(actor.role, 'manage-people')) return refused('not-an-owner')
  if (member.role === 'owner' && newRole !== 'owner' && ownersCount <= 1) return refused('last-owner')
  return granted
}

/** An owner removes anybody, everybody may leave, and the last owner does neither to themselves. */
export function judgeRemoval({ actor, member, ownersCount }: MembershipChange): MembershipVerdict {
  const leaves = actor.personId === member.personId
  if (!leaves && !mayDo(actor.role, 'manage-people')) return refused('not-an-owner')
  if (member.role === 'owner' && ownersCount <= 1) return refused('last-owner')
  return granted
}

const granted: MembershipVerdict = { allowed: true }

function refused(because: 'not-an-owner' | 'last-owner'): MembershipVerdict {
  return { allowed: false, because }
}

function isAct(text: string): text is Act {
  return Object.hasOwn(rolesByAct, text)
}
