/** Codes with which Prisma (P), PostgreSQL (57P, 08, 53) and Node say that the database cannot be reached or cannot go on. */
const codes =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|P2037|57P0[1-5]|08\w{3}|53\w{3}|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE)$/
const words =
  /Can't reach database server|Connection terminated|connection timeout|timeout exceeded when trying to connect|the database system is (starting up|shutting down|in recovery mode)/i

/** Whether an error, or what caused it, says that the database is out: then trying again later helps. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  if ('code' in error && typeof error.code === 'string' && codes.test(error.code)) return true
  if ('message' in error && typeof error.message === 'string' && words.test(error.message)) return true
  return ['cause', 'meta', 'driverAdapterError'].some((key) =>
    isOutage(Object.getOwnPropertyDescriptor(error, key)?.value, depth + 1),
  )
}
