import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { threads } from './scripts/threads.mjs'
import { namesOf } from './src/shared/contracts'

const root = import.meta.dirname

/**
 * What dockerode loads at its first line and we never call: its ssh client, its own BuildKit session and progress reader, its own
 * packing of contexts (ours are better, src/main/builds). Two thirds of the bundle, and most of the time to run it at start.
 */
const LEFT_OUT = [
  { from: /[\\/]docker-modem[\\/]lib[\\/]modem\.js$/, ids: ['./ssh'] },
  { from: /[\\/]dockerode[\\/]lib[\\/]docker\.js$/, ids: ['./session', './buildkit'] },
  { from: /[\\/]dockerode[\\/]lib[\\/]util\.js$/, ids: ['tar-fs', '@balena/dockerignore'] }
]

/** Puts a function that throws in the place of what is left out. */
function leaveOut(): Plugin {
  const prefix = '\0left-out:'
  return {
    name: 'leave-out',
    enforce: 'pre',
    resolveId: (id, importer = '') =>
      LEFT_OUT.some(({ from, ids }) => from.test(importer) && ids.includes(id))
        ? prefix + id
        : undefined,
    load: (id) => {
      if (!id.startsWith(prefix)) return undefined
      const message = `${id.slice(prefix.length)} is left out of the app: see electron.vite.config.ts`
      return `module.exports = () => { throw new Error(${JSON.stringify(message)}) }`
    }
  }
}

export default defineConfig({
  main: {
    plugins: [leaveOut(), threads()],
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
      rollupOptions: {
        input: resolve(root, 'src/renderer/index.html'),
        output: {
          // What the first list needs is one file, not fifteen: each is a request that main answers while it starts itself.
          codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] }
        }
      }
    }
  }
})
