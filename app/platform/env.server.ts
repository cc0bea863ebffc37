import { resolve } from 'node:path'
import { z } from 'zod'
import { isNetwork } from './client-address.server.ts'

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const domainName = z
  .string()
  .regex(
    /^(?=.{1,180}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i,
    'must be a domain name',
  )
  .transform((name) => name.toLowerCase())

// Addresses are made by putting a path behind it, and the origin of every form is compared with it.
const portalAddress = url('http:', 'https:')
  .refine((value) => !URL.canParse(value) || new URL(value).href === `${new URL(value).origin}/`, {
    error: 'must be scheme, host and port, like https://caveat.example.org',
  })
  .transform((value) => new URL(value).origin)

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  BASE_URL: portalAddress.optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every(isNetwork), 'must be addresses or ranges like 10.0.0.0/8, with commas between them'),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_APP_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_WORKER_URL: url('postgres:', 'postgresql:').optional(),
  DATABASE_AUTH_URL: url('postgres:', 'postgresql:').optional(),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .transform((path) => resolve(path)),
  MAIL_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: z.email({ error: 'must be an e-mail address' }).default('notices@caveat.example'),
  FIRST_MAILS_PER_HOUR: z.coerce.number().int().min(1).max(100_000).default(100),
  MAIL_IN_PORT: z.coerce.number().int().min(0).max(65_535).default(2525),
  MAIL_IN_DOMAIN: domainName.optional(),
  MAIL_IN_TLS_CERT: z.string().optional(),
  MAIL_IN_TLS_KEY: z.string().optional(),
  MAIL_DKIM_DOMAIN: domainName.optional(),
  MAIL_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i, 'must be a selector such as caveat1')
    .optional(),
  MAIL_DKIM_KEY: z.string().optional(),
  SECRET_KEY: z.string().min(32, 'must have 32 characters or more').optional(),
  STORAGE_URL: url('file:', 's3:').optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CAVEAT_DEMO: z.stringbool().default(false),
  CAVEAT_BENCH: z.stringbool().default(false),
  CAVEAT_CLOCK: z.string().min(1).optional(),
  // A name server that stands in for the internet's, in tests: what it says proves domains.
  CAVEAT_TEST_DNS: z
    .string()
    .regex(/^127\.0\.0\.1:\d{1,5}$/, 'must be a port of this machine, like 127.0.0.1:5353')
    .optional(),
})

type Environment = z.infer<typeof environment> & { BASE_URL: string }

let parsed: Environment | undefined

/**
 * The validated environment, read once.
 *
 * @throws Error with one sentence that names the bad variable
 */
export function env(): Environment {
  parsed ??= parseEnvironment(process.env)
  return parsed
}

/** Reads the environment anew at the next call of `env`. For tests, which set variables after the first import. */
export function forgetEnvironment(): void {
  parsed = undefined
}

/** Validates `variables`; empty strings count as absent. See `env`. */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const result = environment.safeParse(given)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new Error(`The environment variable ${issue?.path.join('.') ?? ''} is not usable: ${issue?.message ?? ''}.`)
  }
  const { data } = result
  if (data.NODE_ENV === 'production' && data.MAIL_URL === undefined && !data.CAVEAT_DEMO) {
    throw new Error('The environment variable MAIL_URL is not usable: production needs an SMTP server.')
  }
  const lacksKeys = data.AWS_ACCESS_KEY_ID === undefined || data.AWS_SECRET_ACCESS_KEY === undefined
  if (data.STORAGE_URL?.startsWith('s3:') === true && lacksKeys) {
    throw new Error(
      'The environment variable STORAGE_URL is not usable: a bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    )
  }
  refuseHalf(data, ['MAIL_DKIM_DOMAIN', 'MAIL_DKIM_SELECTOR', 'MAIL_DKIM_KEY'])
  refuseHalf(data, ['MAIL_IN_TLS_CERT', 'MAIL_IN_TLS_KEY'])
  const baseUrl = data.BASE_URL ?? `http://${data.HOST}:${data.PORT}`
  if (data.CAVEAT_TEST_DNS !== undefined && !isTestOnly(data.NODE_ENV, baseUrl)) {
    throw new Error('The environment variable CAVEAT_TEST_DNS is not usable: it is for tests on this machine alone.')
  }
  if (data.NODE_ENV === 'production' && data.CAVEAT_CLOCK !== undefined) {
    throw new Error('The environment variable CAVEAT_CLOCK is not usable: nobody moves the clock in production.')
  }
  return { ...data, BASE_URL: baseUrl }
}

function isTestOnly(nodeEnv: string, baseUrl: string): boolean {
  return nodeEnv !== 'production' && ['localhost', '127.0.0.1'].includes(new URL(baseUrl).hostname)
}

function refuseHalf(data: z.infer<typeof environment>, names: readonly (keyof typeof data)[]): void {
  const missing = names.filter((name) => data[name] === undefined)
  const [first] = missing
  if (first === undefined || missing.length === names.length) return
  throw new Error(
    `The environment variable ${first} is not usable: ${names.join(', ')} are given together or not at all.`,
  )
}
