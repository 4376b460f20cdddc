import http from 'node:http'

/**
 * Where an engine listens, in the words of `http.request`.
 * @typedef {{ socketPath: string } | { host: string, port: number }} Target
 */

/**
 * Reads a DOCKER_HOST. The tests themselves speak to unix sockets and plain TCP only.
 * @param {string} dockerHost such as `unix:///run/docker.sock` or `tcp://127.0.0.1:2375`
 * @returns {Target}
 */
export function targetOf(dockerHost) {
  const url = URL.canParse(dockerHost) ? new URL(dockerHost) : undefined
  if (url?.protocol === 'unix:') return { socketPath: decodeURIComponent(url.pathname) }
  if (url?.protocol === 'tcp:') return { host: url.hostname, port: Number(url.port || 2375) }
  throw new Error(`The tests reach an engine by unix:// or tcp:// only, not by "${dockerHost}".`)
}

/**
 * One HTTP exchange, its answer read to the end.
 * @param {Target} target
 * @param {{ method?: string, path: string, body?: Buffer | string, contentType?: string, timeoutMs?: number }} options
 * @returns {Promise<{ status: number, body: string }>}
 */
export function request(target, { method = 'GET', path, body, contentType, timeoutMs = 60_000 }) {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
      ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) })
    }
    const outgoing = http.request(
      { ...target, method, path, headers, agent: false },
      (incoming) => {
        /** @type {Buffer[]} */
        const chunks = []
        incoming.on('data', (chunk) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8')
          })
        )
      }
    )
    outgoing.setTimeout(timeoutMs, () =>
      outgoing.destroy(new Error(`${method} ${path}: no answer within ${timeoutMs} ms`))
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/**
 * Like {@link request}, but anything else than a 2xx is an error that quotes the answer.
 * @param {Target} target
 * @param {Parameters<typeof request>[1]} options
 * @returns {Promise<string>} the answer's body
 */
export async function requestOk(target, options) {
  const { status, body } = await request(target, options)
  if (status >= 200 && status < 300) return body
  throw new Error(`${options.method ?? 'GET'} ${options.path}: HTTP ${status}: ${body.trim()}`)
}
