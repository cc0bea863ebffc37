/** A work of the catalogue, and whether the filing holds it. */
export interface FilingWork {
  readonly workId: string
  readonly title: string
  readonly externalId: string
  readonly year: number | null
  readonly included: boolean
}

/** A page of works to take out or to pick. */
export interface FilingWorksPage {
  readonly works: readonly FilingWork[]
  readonly next: string | null
  readonly isFirst: boolean
  readonly search: string
}
