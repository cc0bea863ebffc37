import { removeLeftArrivals } from './objects.server.ts'

/**
 * Removes what killed processes left of files that were arriving, in a folder or in a bucket.
 *
 * @returns how many
 */
export function sweepArrivals(): Promise<number> {
  // Files bear the machine's time, whatever the portal's clock says.
  return removeLeftArrivals(Date.now())
}
