import { mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** Builds a program of this folder that a test kills, `name.ts`; answers the folder in which `name.js` lies, which the test removes. */
export async function buildChild(name: string): Promise<string> {
  // Beside node_modules, so that the packages it imports are found.
  const folder = mkdtempSync(join(root, 'node_modules', `.${name}-`))
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: true,
      outDir: folder,
      copyPublicDir: false,
      target: 'es2024',
      rollupOptions: { input: join(root, `test/${name}.ts`) },
    },
  })
  return folder
}
