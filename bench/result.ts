/** One measured goal: `limit` is the raw floor of the same run, in the same unit. */
export type Result = { value: number; unit: string; limit: number; runs: number }

/** How often `work` can be done in a second: it is repeated for `seconds` after a warm-up. */
export async function perSecond(
  work: (index: number) => Promise<unknown>,
  { seconds = 5, warmUp = 20, abreast = 1 } = {},
): Promise<{ rate: number; runs: number }> {
  let index = 0
  for (; index < warmUp; index += 1) await work(index)
  const begun = performance.now()
  const end = begun + seconds * 1000
  let runs = 0
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      index += 1
      await work(index)
      runs += 1
    }
  }
  await Promise.all(Array.from({ length: abreast }, lane))
  return { rate: runs / ((performance.now() - begun) / 1000), runs }
}
