import { z } from 'zod'
import {
  acts,
  basisIds,
  commitmentPoints,
  japanGrounds,
  japanRights,
  letterLocales,
  noticeKinds,
  signals,
  stances,
  statementIds,
} from './legal-bases/basis.ts'
import type { LetterFacts } from './letter-facts.ts'
import { measures } from './measures.ts'

/** What a letter is composed of, as it is kept frozen beside the letter: to be signed, and to be read in the other language. */
export const letterFactsSchema: z.ZodType<LetterFacts> = z.object({
  locale: z.enum(letterLocales),
  kind: z.enum(noticeKinds),
  stance: z.enum(stances).nullable(),
  priorPermission: z.boolean(),
  bases: z.array(z.object({ basis: z.enum(basisIds), version: z.int() })),
  reference: z.string().nullable(),
  matterNumber: z.string(),
  holder: z.object({
    name: z.string(),
    nameOther: z.string().nullable(),
    address: z.string(),
    telephone: z.string().nullable(),
  }),
  vendor: z.object({ name: z.string(), nameOther: z.string().nullable(), legalEntity: z.string().nullable() }),
  works: z
    .object({
      count: z.int(),
      whole: z.boolean(),
      catalogue: z.string(),
      version: z.int(),
      examples: z.array(z.object({ title: z.string(), year: z.int().nullable() })),
    })
    .nullable(),
  measures: z.array(z.object({ measure: z.enum(measures), detail: z.string() })),
  particulars: z.object({
    acts: z.array(z.enum(acts)),
    models: z.string(),
    rights: z.string(),
    evidence: z.string(),
    captured: z.object({ at: z.iso.datetime(), timeZone: z.string() }).nullable(),
    locations: z.array(z.object({ url: z.string(), work: z.string().nullable() })),
    japanGrounds: z.array(z.enum(japanGrounds)),
    japanRights: z.array(z.enum(japanRights)),
    japanFacts: z.string(),
    contactEmail: z.string(),
    signals: z.array(z.enum(signals)),
    signalUrls: z.array(z.string()),
    signalSince: z.iso.date().nullable(),
    points: z.array(z.enum(commitmentPoints)),
    complaintFacts: z.string(),
    repeated: z.boolean(),
    illegality: z.string(),
    fairUse: z.boolean(),
    ukConnection: z.string(),
  }),
  // Facts kept before there was evidence have none.
  evidence: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.int(), sha256: z.string() })).default([]),
  acknowledgeDays: z.int(),
  decideDays: z.int(),
  deadlineOn: z.iso.date().nullable(),
  paragraph: z.string(),
  statements: z.array(z.enum(statementIds)),
  signatory: z
    .object({ name: z.string(), capacity: z.string(), signedAt: z.iso.datetime(), timeZone: z.string() })
    .nullable(),
})
