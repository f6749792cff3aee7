import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Packages run as they were built: node loads them, and nothing transforms them.
    server: { deps: { external: [/\/(protocol|schema|runtime|clients|generator)\/dist\//] } },
  },
})
