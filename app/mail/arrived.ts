/** A line of `inbound_mail` that waits to be read. */
export type Arrived = {
  id: string
  sha256: string
  receivedAt: Date
  envelopeFrom: string
  envelopeTo: string
  remoteAddress: string | null
  helo: string | null
  route: 'reply' | 'bounce' | 'mailbox'
  routeMailId: string | null
  attempts: number
  assignedNoticeId: string | null
}
