import { createContext } from 'react-router'

/** What the web process knows of a request before any route runs. */
export type RequestFacts = {
  /** Names the request in the log; a person quotes its short form. */
  id: string
  /** Of the Content-Security-Policy of this answer. */
  nonce: string
  /** The address that the request really came from, as far as TRUSTED_PROXIES tells. */
  clientAddress: string
  /** Set when a route failed because the database was out: the answer is then 503, not 500. */
  outage?: boolean
  /** The status with which it was refused before any route was asked: its answer is a page that says so. */
  refused?: 400 | 413
}

/** Set once per request by the web process. */
export const requestContext = createContext<RequestFacts>()

/** The number that an error page shows: `E-` and the last six characters of the request's id. */
export function quotableId(id: string): string {
  return `E-${id.slice(-6).toUpperCase()}`
}
