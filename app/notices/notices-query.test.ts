import { expect, test } from 'vitest'
import { isFiltered, isTallied, noticesAddress, readNoticesQuery } from './notices-query.ts'

const id = '0193f1c2-aaaa-7bbb-8ccc-0123456789ab'
const read = (search: string) => readNoticesQuery(`https://caveat.example/notices${search}`)

test('a filter and its address are the same thing', () => {
  const search = `?stage=in_review&outcome=partial&kind=exclusion&party=${id}&overdue=any&waiting=vendor&bounced=yes&q=NL-2291`
  expect(noticesAddress(read(search).filter)).toBe(`/notices${search}`)
})

test('what is unknown or empty filters nothing', () => {
  const { filter, cursor } = read('?stage=draft&kind=&overdue=soon&party=1&after=x&q=%20')
  expect(isFiltered(filter)).toBe(false)
  expect(noticesAddress(filter, cursor)).toBe('/notices')
})

test('a page of the list has an address', () => {
  const { filter, cursor } = read(`?stage=sent&after=${id}`)
  expect(cursor).toEqual({ after: id })
  expect(noticesAddress(filter, cursor)).toBe(`/notices?stage=sent&after=${id}`)
  expect(read(`?before=${id}`).cursor).toEqual({ before: id })
})

test('dates and words are not tallied', () => {
  expect(isTallied(read(`?stage=sent&party=${id}`).filter)).toBe(true)
  expect(isTallied(read('?stage=sent&overdue=any').filter)).toBe(false)
  expect(isTallied(read('?q=nl').filter)).toBe(false)
})
