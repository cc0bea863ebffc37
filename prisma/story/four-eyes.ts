import { switchFourEyes } from '#app/accounts/switch-four-eyes.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { file } from './file.ts'

/** A holder that wants four eyes: its owner has submitted a filing, and the approver has not read it yet. */
export async function waitForApproval(
  owner: Member,
  { vendorIds, catalogue }: { vendorIds: string[]; catalogue: { id: string; version: number } },
): Promise<void> {
  const switched = await switchFourEyes({ member: owner, on: true })
  if (!switched.allowed) throw new Error(`The story cannot switch on four eyes: ${switched.because}`)
  await file(owner, { vendorIds, catalogue, capacity: 'producer', content: { stance: 'objection' } })
}
