import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'vite'
import type { InlineConfig } from 'vitest/node'

// The broadcaster that `npm run dev` talks to.
const broadcaster = process.env.BROADCASTER ?? 'http://127.0.0.1:8600'

const config: UserConfig & { test: InlineConfig } = {
  base: '/',
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // Cheap phones keep old browsers for long; what is needed beyond this is not used.
  build: { target: ['chrome87', 'safari14'], assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': broadcaster } },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
}

export default defineConfig(config)
