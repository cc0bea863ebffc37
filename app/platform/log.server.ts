import { pino } from 'pino'
import { env } from './env.server.ts'
import { loggedError } from './log-error.server.ts'

/**
 * The structured log: one JSON object a line on stderr.
 * It names requests, ids, counts and durations, never names, addresses, titles or texts of people, nor rows that failed.
 */
export const log = pino(
  {
    level: env().LOG_LEVEL,
    base: { process: process.env['CAVEAT_PROCESS'] ?? 'caveat' },
    serializers: { err: loggedError },
    redact: { paths: ['*.email', '*.address', '*.name', '*.token', '*.password'], remove: true },
  },
  pino.destination({ dest: 2, sync: false }),
)
