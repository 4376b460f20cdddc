/** Prints the HTTP status of `GET http://HOST:PORT/v2/`. Run inside the engine's namespace: `http-status.mjs HOST:PORT`. */
import { request, targetOf } from './http.mjs'

const { status } = await request(targetOf(`tcp://${process.argv[2]}`), {
  path: '/v2/',
  timeoutMs: 20_000
})
process.stdout.write(String(status))
