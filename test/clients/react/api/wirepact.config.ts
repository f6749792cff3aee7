import { defineConfig } from 'wirepact'

export default defineConfig({ react: true })
