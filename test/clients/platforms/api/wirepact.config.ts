import { defineConfig } from 'wirepact'

export default defineConfig({ schema: './schema.ts', output: './generated' })
