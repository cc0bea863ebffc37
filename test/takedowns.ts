import { emptyContent, type FilingContent } from '#app/notices/filing-draft.ts'

/** The choices of a takedown on these bases of which every required particular is given. */
export function takedownContent(
  bases: FilingContent['bases'],
  locations: FilingContent['particulars']['locations'],
): Partial<FilingContent> {
  return {
    kind: 'takedown',
    measures: [{ measure: 'REMOVE_OUTPUT_URLS', detail: '' }],
    stance: 'demand',
    bases,
    deadlineOn: '2099-12-07',
    particulars: {
      ...emptyContent('en').particulars,
      acts: ['output'],
      models: 'NL-Video 2',
      rights: 'Reproduction, Japan',
      japanRights: ['reproduction'],
      locations,
      contactEmail: 'rights@hoshizora.example',
      illegality: 'The items reproduce the leading character.',
    },
  }
}
