/**
 * Lines as a server logs them (dates, levels in colour, paths, some words that are not English), deterministic, of at least so many
 * bytes. Runs in Node and in the page: so it may use nothing from outside of itself.
 */
export function logText(bytes: number): Uint8Array {
  const words = [
    'request',
    'done',
    'cache',
    'miss',
    'GET',
    '/api/v1/containers',
    'готово',
    'naïve',
    '日本'
  ]
  const levels = ['\u001b[32mINFO\u001b[0m', '\u001b[33mWARN\u001b[0m', '\u001b[36mDEBUG\u001b[0m']
  const encoder = new TextEncoder()
  const out = new Uint8Array(bytes + 1024)
  let length = 0
  let seed = 42
  for (let line = 0; length < bytes; line++) {
    const time = new Date(1_700_000_000_000 + line * 7).toISOString()
    let text = `${time} ${levels[line % levels.length]} [worker-${line % 8}]`
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    for (let count = 4 + (seed % 8); count > 0; count--) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      text += ` ${words[seed % words.length]}=${seed % 100_000}`
    }
    // As a terminal gets it from a program: the line discipline has made two of one.
    length += encoder.encodeInto(`${text}\r\n`, out.subarray(length)).written
  }
  return out.slice(0, length)
}
