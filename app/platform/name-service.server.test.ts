import { expect, test } from 'vitest'
import { parseEnvironment } from './env.server.ts'

const standIn = { CAVEAT_TEST_DNS: '127.0.0.1:5353' }

test('a stand-in for the name service is taken in tests on this machine, and nowhere else', () => {
  expect(parseEnvironment({ ...standIn, BASE_URL: 'http://localhost:3000' }).CAVEAT_TEST_DNS).toBe('127.0.0.1:5353')
  const production = { NODE_ENV: 'production', MAIL_URL: 'smtp://127.0.0.1:25' }
  for (const real of [
    { ...production, BASE_URL: 'https://caveat.example' },
    { ...production, BASE_URL: 'http://localhost:3000' },
    { ...production, CAVEAT_DEMO: 'true', BASE_URL: 'http://localhost:3000' },
    { BASE_URL: 'https://caveat.example' },
  ])
    expect(() => parseEnvironment({ ...standIn, ...real })).toThrow('CAVEAT_TEST_DNS')
  for (const elsewhere of ['8.8.8.8:53', 'localhost:53', '127.0.0.1', '127.0.0.1:53,8.8.8.8'])
    expect(() => parseEnvironment({ CAVEAT_TEST_DNS: elsewhere })).toThrow('CAVEAT_TEST_DNS')
})
