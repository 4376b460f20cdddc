/**
 * Hands connections on, from one place to another, as slowly as is asked for. Run by door.ts, inside the engine's network namespace or
 * outside of it: `door.mjs JSON`, with `listen` and `connect` in the words of `net`, and `bytesPerSecond`. Says its port once it listens.
 */
import net from 'node:net'

const { listen, connect, bytesPerSecond } = JSON.parse(process.argv[2] ?? '{}')

/** @param {import('node:net').Socket} from @param {import('node:net').Socket} to */
function hand(from, to) {
  from.on('data', (chunk) => {
    from.pause()
    const pauseMs = bytesPerSecond ? (chunk.length / bytesPerSecond) * 1000 : 0
    to.write(chunk, () => setTimeout(() => from.resume(), pauseMs))
  })
  from.on('end', () => to.end())
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroy())
}

const server = net.createServer((incoming) => {
  const outgoing = net.connect(connect)
  hand(incoming, outgoing)
  hand(outgoing, incoming)
})
server.listen(listen, () => {
  const address = server.address()
  process.stdout.write(
    `${typeof address === 'object' && address !== null ? address.port : 'ready'}\n`
  )
})
