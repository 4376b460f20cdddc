import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { namesOf } from './src/shared/contracts'

const root = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      // Everything is bundled: one file to read at start is a third faster than hundreds, and the app needs no node_modules.
      externalizeDeps: false,
      minify: true,
      rollupOptions: {
        input: resolve(root, 'src/main/index.ts'),
        external: ['electron', 'cpu-features', /\.node$/]
      }
    }
  },
  preload: {
    // The names come from the contracts at build time, so that the preload checks them without carrying their schemas.
    define: {
      __CALL_NAMES__: JSON.stringify(namesOf('call')),
      __STREAM_NAMES__: JSON.stringify(namesOf('stream'))
    },
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: resolve(root, 'src/preload/index.ts'),
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs' }
      }
    }
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      // A font inlined as data: would need a hole in the content security policy.
      assetsInlineLimit: 0,
      rollupOptions: { input: resolve(root, 'src/renderer/index.html') }
    }
  }
})
