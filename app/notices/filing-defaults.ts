import type { FilingContent } from './filing-draft.ts'
import type { FilingCatalogue } from './filing-facts.ts'
import { basisIds, type BasisId } from './legal-bases/basis.ts'
import { basesFor } from './legal-bases/packs.ts'
import type { Measure } from './measures.ts'

/** What the step of works shows before anything is typed: what the draft keeps, in the present version if none is kept. */
export function scopeDefaults(content: FilingContent, catalogues: readonly FilingCatalogue[]) {
  const { scope } = content
  const wanted =
    catalogues.find(({ id }) => id === scope.catalogueId) ?? (catalogues.length === 1 ? catalogues[0] : undefined)
  const version = scope.version ?? wanted?.version
  const catalogueId = scope.catalogueId ?? wanted?.id
  return {
    catalogue: catalogueId === undefined || version === undefined ? '' : `${catalogueId}:${version}`,
    scope: scope.kind ?? '',
    text: scope.filter.text ?? '',
    yearFrom: scope.filter.yearFrom === undefined ? '' : String(scope.filter.yearFrom),
    yearTo: scope.filter.yearTo === undefined ? '' : String(scope.filter.yearTo),
    pasted: scope.unmatched,
    measure: content.measures.map(({ measure }) => measure),
    source: detailOf(content, 'REMOVE_FROM_DATASETS'),
    example: detailOf(content, 'FILTER_OUTPUTS'),
    stance: content.stance ?? '',
    priorPermission: content.priorPermission ? 'on' : '',
  }
}

function detailOf({ measures }: FilingContent, wanted: Measure): string {
  return measures.find(({ measure }) => measure === wanted)?.detail ?? ''
}

/**
 * What the step of bases shows before anything is typed. On the first visit the plain basis of the kind is ticked, and the
 * filer's own address is offered for answers.
 */
export function basisDefaults(content: FilingContent, email: string) {
  const { particulars } = content
  return {
    basis: [...basesChosen(content)],
    act: particulars.acts,
    models: particulars.models,
    rights: particulars.rights,
    evidence: particulars.evidence,
    capturedAt: particulars.capturedAt,
    locations: particulars.locations.map(({ url, work }) => (work === '' ? url : `${url} ${work}`)).join('\n'),
    japanGround: particulars.japanGrounds,
    japanRight: particulars.japanRights,
    japanFacts: particulars.japanFacts,
    contactEmail: content.changedAt.basis === undefined ? email : particulars.contactEmail,
    signal: particulars.signals,
    signalUrls: particulars.signalUrls.join('\n'),
    signalSince: particulars.signalSince ?? '',
    point: particulars.points,
    complaintFacts: particulars.complaintFacts,
    repeated: particulars.repeated ? 'on' : '',
    illegality: particulars.illegality,
    fairUse: particulars.fairUse ? 'on' : '',
    ukConnection: particulars.ukConnection,
    deadlineOn: content.deadlineOn ?? '',
    locale: content.locale,
    paragraph: content.paragraph,
    matterNumber: content.matterNumber,
    capacity: content.capacity,
    statement: [] as string[],
    signName: '',
  }
}

/** The bases whose statements stand on the page: those just sent, else the draft's. */
export function basesShown(content: FilingContent, sent: unknown): readonly BasisId[] {
  const values: readonly unknown[] = Array.isArray(sent) ? sent : [sent]
  const chosen = basisIds.filter((basis) => values.includes(basis))
  return chosen.length > 0 || sent !== undefined ? chosen : basesChosen(content)
}

function basesChosen(content: FilingContent): readonly BasisId[] {
  if (content.bases.length > 0 || content.changedAt.basis !== undefined) return content.bases
  return basesFor(content.kind ?? 'exclusion')
    .slice(0, 1)
    .map(({ id }) => id)
}
