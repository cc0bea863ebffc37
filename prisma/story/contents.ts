import { emptyContent, type FilingContent } from '#app/notices/filing-draft.ts'
import { inDays } from './time.ts'

/** A takedown of three outputs of a service that is used in the European Union. */
export function takedown(): Partial<FilingContent> {
  return {
    kind: 'takedown',
    bases: ['EU_DSA_16', 'CEASE_DESIST'],
    measures: [{ measure: 'REMOVE_OUTPUT_URLS', detail: '' }],
    deadlineOn: inDays(9),
    particulars: {
      ...emptyContent('en').particulars,
      acts: ['output'],
      models: 'Meridian Chat 5',
      rights: 'The exclusive rights to reproduce and to adapt the photographs',
      locations: [
        { url: 'https://gallery.meridian.test/items/48211', work: 'cmoa:things/411353dc-45a7-42b4-b050-16675e24f7fa' },
        { url: 'https://gallery.meridian.test/items/48212', work: 'cmoa:things/7302428e-0d26-43e1-af16-b56761177748' },
        { url: 'https://gallery.meridian.test/items/50933', work: '' },
      ],
      contactEmail: 'press@demo.test',
      illegality:
        'Each item repeats the composition, the light and the persons of a photograph that we have not licensed.',
    },
  }
}

/** A cease and desist about training and outputs. */
export function ceaseAndDesist(): Partial<FilingContent> {
  return {
    kind: 'cease_and_desist',
    bases: ['CEASE_DESIST'],
    measures: [
      { measure: 'STOP_TRAINING_FUTURE', detail: '' },
      { measure: 'PRESERVE_EVIDENCE', detail: '' },
      { measure: 'WRITTEN_UNDERTAKING', detail: '' },
    ],
    deadlineOn: inDays(12),
    particulars: {
      ...emptyContent('en').particulars,
      acts: ['training', 'output'],
      models: 'Orrery Image 4',
      rights: 'The exclusive rights to reproduce and to adapt the photographs',
      evidence:
        'Output for the prompt “street portrait, 1950s, press camera”, kept with the time and the address of the service.',
      capturedAt: `${inDays(-8)}T10:00`,
    },
  }
}
