/** The largest part of an upload, in bytes: what a request without a form may carry. */
export const maxPartBytes = 4 * 2 ** 20
