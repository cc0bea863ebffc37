import { makeCollective } from '#app/associations/make-collective.server.ts'

// A worker of its own process, to be killed while it makes a collective filing.
await makeCollective(process.env['COLLECTIVE_ID'] ?? '')
process.exit(0)
