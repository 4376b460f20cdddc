import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const BUSYBOX_PATH = '/bin/busybox'
const PT_INTERP = 3

/**
 * This machine's static busybox and the names of its applets.
 * @returns {{ binary: Buffer, applets: string[] }}
 */
export function readBusybox() {
  const binary = readStaticBinary()
  const listing = execFileSync(BUSYBOX_PATH, ['--list'], { encoding: 'utf8' })
  const applets = listing.split('\n').filter((name) => name !== '' && name !== 'busybox')
  return { binary, applets }
}

/**
 * The same busybox without its ping. Leaving out the link is not enough: Debian's busybox shell finds its own applets without
 * any link, and `command -v ping` would still say yes. So the names in its applet table are changed, to ones of the same length
 * and the same place in the sorted table, which the shell looks up by halving.
 * @param {Buffer} binary
 */
export function withoutPing(binary) {
  const names = Buffer.from('\0ping\0ping6\0', 'latin1')
  const at = binary.indexOf(names)
  if (at === -1 || binary.indexOf(names, at + 1) !== -1) {
    throw new Error(`${BUSYBOX_PATH} has no applet table with exactly one ping and ping6 in it.`)
  }
  const copy = Buffer.from(binary)
  copy.write('\0pin_\0pin_6\0', at, 'latin1')
  return copy
}

function readStaticBinary() {
  const advice = 'Install a static busybox (Debian, Ubuntu: apt-get install busybox-static).'
  /** @type {Buffer} */
  let binary
  try {
    binary = readFileSync(BUSYBOX_PATH)
  } catch (cause) {
    throw new Error(`The test images need ${BUSYBOX_PATH}. ${advice}`, { cause })
  }
  if (needsInterpreter(binary)) throw new Error(`${BUSYBOX_PATH} is not static. ${advice}`)
  return binary
}

/**
 * Whether a 64-bit little-endian ELF file asks for a dynamic linker.
 * @param {Buffer} binary
 */
export function needsInterpreter(binary) {
  const start = Number(binary.readBigUInt64LE(32))
  const [size, count] = [binary.readUInt16LE(54), binary.readUInt16LE(56)]
  return Array.from({ length: count }, (_, index) =>
    binary.readUInt32LE(start + index * size)
  ).includes(PT_INTERP)
}
