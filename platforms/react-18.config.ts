import { defineConfig } from 'vitest/config'

const folder = process.env.REACT_FOLDER

/** The tests of the React hooks, with the React of the folder `REACT_FOLDER` instead of the workspace's. */
export default defineConfig({
  resolve: { alias: { react: `${folder}/react`, 'react-dom': `${folder}/react-dom` } },
  test: {
    include: ['test/clients/react-*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // The hooks are transformed here, so that what they import is found where the alias says.
    server: { deps: { inline: [/\/clients\/dist\//] } },
  },
})
