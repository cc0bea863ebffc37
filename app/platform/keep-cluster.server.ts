import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, startCluster } from './cluster.server.ts'

/** An embedded PostgreSQL that comes back when it ends unasked. Its address stays the same. */
export type KeptCluster = { adminUrl: string; stop: () => Promise<void> }

/**
 * Starts the embedded PostgreSQL of `folder` and keeps it running: a full disk or a kill ends it, and nothing else would
 * start it again. It is tried every second until it comes up.
 *
 * @param say is told what happened
 */
export async function keepCluster(
  folder: string,
  { say, settings = [] }: { say: (text: string) => void; settings?: string[] },
): Promise<KeptCluster> {
  const state = { stopping: false, current: await startCluster(folder, settings) }
  const { adminUrl } = state.current
  const watch = async (): Promise<void> => {
    while (!state.stopping) {
      await state.current.exited
      if (state.stopping) return
      say('The embedded PostgreSQL ended; starting it again')
      const samePort = Number(new URL(adminUrl).port)
      state.current = await startAgain(() => startCluster(folder, settings, samePort), { state, say })
    }
  }
  void watch()
  return {
    adminUrl,
    stop: async () => {
      state.stopping = true
      await state.current.stop()
    },
  }
}

async function startAgain(
  start: () => Promise<Cluster>,
  { state, say }: { state: { stopping: boolean; current: Cluster }; say: (text: string) => void },
): Promise<Cluster> {
  for (;;) {
    if (state.stopping) return state.current
    try {
      return await start()
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
      await sleep(1_000)
    }
  }
}
