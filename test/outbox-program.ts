import { mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** Builds the worker that tests kill; answers the folder in which `outbox-child.js` lies, which the test removes. */
export async function buildOutboxChild(): Promise<string> {
  // Beside node_modules, so that the packages it imports are found.
  const folder = mkdtempSync(join(root, 'node_modules', '.outbox-child-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: true,
      outDir: folder,
      copyPublicDir: false,
      rollupOptions: { input: join(root, 'test/outbox-child.ts') },
    },
  })
  return folder
}
