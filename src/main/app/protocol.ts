import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'
import { protocol } from 'electron'
import { CONTENT_SECURITY_POLICY } from './content-security-policy'
import { APP_SCHEME } from './origin'

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2'
}

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // The compiled scripts are kept, so that the next start need not compile them again.
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
    }
  ])
}

/**
 * Serves the window's files from `folder` as app://main/, and nothing outside of it. Scripts wait for `ready`: what they call must
 * be there to answer.
 */
export function serveApp(folder: string, ready: () => Promise<unknown>): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    const path = resolveInside(folder, url.pathname)
    const mimeType = path && MIME_TYPES[extname(path)]
    if (url.host !== 'main' || !path || !mimeType) return new Response(null, { status: 404 })
    try {
      if (extname(path) === '.js') await ready()
      return new Response(new Uint8Array(await readFile(path)), {
        headers: {
          'content-type': mimeType,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store'
        }
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

/** The file that a URL's path names, or undefined where it leads out of the folder. */
export function resolveInside(folder: string, pathname: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  const path = join(folder, decoded === '/' ? 'index.html' : decoded)
  const inside = relative(folder, path)
  return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)
    ? undefined
    : path
}
