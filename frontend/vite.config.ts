import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [
    vue(),
    // Element Plus is compiled in component by component and only under the console's folders.
    Components({
      dirs: [],
      dts: false,
      include: [/\.vue$/, /\.vue\?vue/],
      exclude: [/node_modules/, /src\/portal\//],
      resolvers: [ElementPlusResolver({ importStyle: process.env['VITEST'] ? false : 'css' })],
    }),
  ],
  resolve: { alias: { '@': at('./src'), '#test': at('./test') } },
  define: { __VUE_OPTIONS_API__: 'true', __INTLIFY_PROD_DEVTOOLS__: 'false', __VUE_I18N_LEGACY_API__: 'false' },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: process.env['XN_API'] ?? 'http://127.0.0.1:8000', changeOrigin: false } },
  },
  build: {
    target: 'chrome100',
    cssTarget: 'chrome100',
    manifest: true,
    assetsInlineLimit: 0,
    rollupOptions: { input: at('./index.html') },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./test/setup.ts'],
    include: ['src/**/*.spec.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    css: { include: [/tokens\.css/] },
  },
})
