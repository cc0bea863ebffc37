import { existsSync } from 'node:fs'
import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

// Every process of the portal is an entry of the one server build: they share modules, so a context or a store exists once.
const programs = {
  index: './app/server.ts',
  worker: './app/worker.ts',
  'compose-thread': './app/mail/compose-thread.server.ts',
  'letter-pdf-thread': './app/notices/letter-pdf-thread.server.ts',
  'mail-server': './app/mail-server.ts',
  caveat: './app/caveat.ts',
  seed: './prisma/seed.ts',
  bench: './bench/bench.ts',
}
const input = Object.fromEntries(Object.entries(programs).filter(([, path]) => existsSync(path)))

export default defineConfig({
  plugins: [reactRouter()],
  build: { target: 'es2024', sourcemap: false },
  environments: { ssr: { build: { rollupOptions: { input } } } },
})
