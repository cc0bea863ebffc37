import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'app/**/*.test.ts',
      'app/**/*.test.tsx',
      'emails/**/*.test.ts',
      'emails/**/*.test.tsx',
      'test/**/*.test.ts',
      'prisma/**/*.test.ts',
    ],
    globalSetup: ['test/global-setup.ts'],
    // Vite puts its own base, '/', into BASE_URL.
    env: { BASE_URL: 'http://127.0.0.1:3000', LOG_LEVEL: 'silent' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
