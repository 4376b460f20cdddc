import { build } from 'vite'

const SUFFIX = '?thread'
const PREFIX = '\0thread:'

/**
 * `import code from './x?thread'`: the module and all that it imports, bundled into one text that `new Worker(code, { eval: true })`
 * runs. So a thread needs no file of its own, wherever the app is bundled, packed or tested.
 * @returns {import('vite').Plugin}
 */
export function threads() {
  return {
    name: 'threads',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(SUFFIX)) return undefined
      const resolved = await this.resolve(source.slice(0, -SUFFIX.length), importer)
      return resolved && PREFIX + resolved.id
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return undefined
      return `export const code = ${JSON.stringify(await bundle(id.slice(PREFIX.length)))}`
    }
  }
}

/** @param {string} path @returns {Promise<string>} */
async function bundle(path) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path,
      write: false,
      minify: true,
      target: 'node20',
      rollupOptions: { output: { format: 'cjs', codeSplitting: false } }
    }
  })
  if (Array.isArray(built) || !('output' in built)) throw new Error(`${path} makes no one bundle`)
  return built.output[0].code
}
