/**
 * Tiny static Linux programs, put together byte by byte: a bare machine has no compiler, and an image that holds nothing but
 * one program needs one that needs nothing.
 */

const BASE_ADDRESS = 0x400000n
const HEADERS_SIZE = 64 + 56

/**
 * One loadable segment, the whole file, read and execute; entry right behind the headers.
 * @param {number} machine e_machine of the ELF header: 62 = x86-64, 183 = AArch64
 * @param {Buffer} code
 */
function elf(machine, code) {
  const size = BigInt(HEADERS_SIZE + code.length)
  const header = Buffer.alloc(HEADERS_SIZE)
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  header.writeUInt16LE(2, 16) // ET_EXEC
  header.writeUInt16LE(machine, 18)
  header.writeUInt32LE(1, 20)
  header.writeBigUInt64LE(BASE_ADDRESS + BigInt(HEADERS_SIZE), 24) // entry
  header.writeBigUInt64LE(64n, 32) // program headers start here
  header.writeUInt16LE(64, 52)
  header.writeUInt16LE(56, 54)
  header.writeUInt16LE(1, 56)
  header.writeUInt32LE(1, 64) // PT_LOAD
  header.writeUInt32LE(5, 68) // read, execute
  header.writeBigUInt64LE(BASE_ADDRESS, 80)
  header.writeBigUInt64LE(BASE_ADDRESS, 88)
  header.writeBigUInt64LE(size, 96)
  header.writeBigUInt64LE(size, 104)
  header.writeBigUInt64LE(0x10000n, 112) // AArch64 kernels may use 64 KiB pages
  return Buffer.concat([header, code])
}

/** @param {number[]} instructions */
function words(instructions) {
  const bytes = Buffer.alloc(instructions.length * 4)
  instructions.forEach((instruction, index) => bytes.writeUInt32LE(instruction, index * 4))
  return bytes
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** `mov wREG, #value` for AArch64. @param {number} register @param {number} value below 65536 */
function movz(register, value) {
  return 0x52800000 | (value << 5) | register
}

const SVC = 0xd4000001

/**
 * A program that writes the text to stdout and exits with 0.
 * @param {string} text under 64 KiB in UTF-8
 * @param {string} [arch] as in `process.arch`
 */
export function printingProgram(text, arch = process.arch) {
  const message = Buffer.from(text, 'utf8')
  if (message.length > 0xffff) throw new Error('The text of a printing program stays under 64 KiB.')
  if (arch === 'x64') {
    const tail = Buffer.from('0f05b83c00000031ff0f05', 'hex') // syscall; exit(0)
    const lea = Buffer.from('488d35', 'hex') // lea rsi, [rip + distance]
    const movLength = Buffer.concat([Buffer.from('ba', 'hex'), uint32(message.length)])
    const head = Buffer.from('b801000000bf01000000', 'hex') // eax = write, edi = stdout
    const distance = uint32(movLength.length + tail.length)
    return elf(62, Buffer.concat([head, lea, distance, movLength, tail, message]))
  }
  if (arch === 'arm64') {
    const count = 8
    const adr = 0x10000000 | ((count - 1) << 5) | 1 // x1 = the text, right behind the code
    const [write, exit] = [movz(8, 64), movz(8, 93)]
    const code = [movz(0, 1), adr, movz(2, message.length), write, SVC, movz(0, 0), exit, SVC]
    return elf(183, Buffer.concat([words(code), message]))
  }
  throw unknownArchitecture(arch)
}

/**
 * A program that sleeps until a signal ends it.
 * @param {string} [arch] as in `process.arch`
 */
export function sleepingProgram(arch = process.arch) {
  if (arch === 'x64') return elf(62, Buffer.from('b8220000000f05ebf7', 'hex')) // pause() for ever
  if (arch === 'arm64') {
    const loop = [movz(0, 0), movz(1, 0), movz(2, 0), movz(3, 0), movz(8, 73), SVC] // ppoll(0, 0, 0, 0)
    return elf(183, words([...loop, 0x14000000 | (-6 & 0x3ffffff)]))
  }
  throw unknownArchitecture(arch)
}

/** @param {string} arch */
function unknownArchitecture(arch) {
  return new Error(`The test images are made for x64 and arm64, not for ${arch}.`)
}
