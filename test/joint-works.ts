import type pg from 'pg'
import { insert } from './builders.ts'

/** A count of joint works, with one work that one member claims. */
export async function fillJointWorks(
  owner: pg.Pool,
  {
    associationId,
    memberId,
    catalogue,
  }: { associationId: string; memberId: string; catalogue: { id: string; workIds: string[] } },
): Promise<void> {
  const of = { association_id: associationId, number: 1 }
  await insert(owner, 'joint_count', {
    association_id: associationId,
    signature: '',
    claims: 1,
    works: 1,
    joint_works: 1,
    counted_at: new Date(),
    took_ms: 1,
  })
  await insert(owner, 'joint_work', {
    ...of,
    scheme: 'isbn',
    value: '9784000000000',
    title: 'Work 1',
    claims: 1,
    members: 1,
  })
  await insert(owner, 'joint_claim', {
    ...of,
    catalogue_id: catalogue.id,
    work_id: catalogue.workIds[0],
    member_id: memberId,
    title: 'Work 1',
  })
}
