/** What stands where a server's words would, when the portal itself could not write a mail: no server was asked. */
export const notComposed = 'Not composed'

/** What is kept of a mail that could not be written; the operators read why. */
export function notComposedBecause(error: string): string {
  return `${notComposed}: ${error}`
}

/** Whether the words about a mail are those of the portal, which could not write it, and of no server. */
export function isNotComposed(response: string): boolean {
  return response === notComposed || response.startsWith(`${notComposed}: `)
}

/** The words about a mail for everybody but the operators: what went wrong within the portal is left out. */
export function heardOf(response: string): string {
  return isNotComposed(response) ? notComposed : response
}
