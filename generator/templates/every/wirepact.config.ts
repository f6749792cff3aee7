import { defineConfig } from 'wirepact'

export default defineConfig({
  schema: './schema.ts',
  // Belongs to the generator: everything in it is written anew.
  output: './generated',
  // Yours. Handlers for new messages are added here, and nothing else is touched.
  handlers: './handlers',
})
