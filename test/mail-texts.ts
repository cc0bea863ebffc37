/** A plain mail; lines end with CR LF. */
export function plainMail(fields: Record<string, string>, body: string): Buffer {
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from([...head, '', ...body.split('\n'), ''].join('\r\n'), 'utf8')
}

/** A delivery report of RFC 3464 about one recipient. */
export function deliveryReport({
  recipient,
  action,
  status,
  diagnostic,
  messageId,
}: {
  recipient: string
  action: 'failed' | 'delayed' | 'delivered'
  status: string
  diagnostic: string
  messageId?: string
}): Buffer {
  return plainMail(
    {
      From: 'MAILER-DAEMON@mx.vendor.test',
      To: 'undisclosed@reply.caveat.test',
      Subject: 'Delivery report',
      'Message-ID': `<${Math.random().toString(36).slice(2)}@mx.vendor.test>`,
      'MIME-Version': '1.0',
      'Auto-Submitted': 'auto-replied',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"',
    },
    [
      '--b',
      'Content-Type: text/plain',
      '',
      'This is the mail system.',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.vendor.test',
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${diagnostic}`,
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      ...(messageId === undefined ? [] : [`Message-ID: ${messageId}`]),
      'Subject: A notice',
      '',
      '--b--',
    ].join('\n'),
  )
}
