import { nameBytes } from './names'

const BLOCK = 512
/** Octal digits of a header's size and time: 11, so up to 8 GiB. */
const ELEVEN_DIGITS = 0o77777777777
/** Octal digits of a header's owner and group: 7. */
const SEVEN_DIGITS = 0o7777777

/** The kinds of entries, by ustar's type flags. */
export const TAR_TYPE = {
  file: '0',
  hardLink: '1',
  symbolicLink: '2',
  characterDevice: '3',
  blockDevice: '4',
  directory: '5',
  fifo: '6'
} as const

/** What a tar header says. Names are carried names (see names.ts): their bytes go out as they are. */
export interface TarHeader {
  /** A folder's ends in `/`. */
  readonly name: string
  readonly type: (typeof TAR_TYPE)[keyof typeof TAR_TYPE]
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number
  readonly sizeBytes: number
  /** Whole seconds since the epoch. */
  readonly modifiedAtS: number
  readonly linkName?: string
  /** Owner and group by number; root where they are not told. */
  readonly uid?: number
  readonly gid?: number
  readonly deviceMajor?: number
  readonly deviceMinor?: number
}

/**
 * A header's bytes: ustar, with a PAX header before it for what ustar cannot say (names over 100 bytes or not ASCII, 8 GiB and more,
 * owners over 2097151, times before 1970). Our own, since a name need not be UTF-8 and must go out all the same.
 * Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header Block".
 */
export function encodeHeader(header: TarHeader): Buffer {
  const records: Buffer[] = []
  if (!fits(header.name)) records.push(record('path', nameBytes(header.name)))
  if (header.linkName !== undefined && !fits(header.linkName)) {
    records.push(record('linkpath', nameBytes(header.linkName)))
  }
  if (header.sizeBytes > ELEVEN_DIGITS) {
    records.push(record('size', Buffer.from(String(header.sizeBytes))))
  }
  if (header.modifiedAtS < 0 || header.modifiedAtS > ELEVEN_DIGITS) {
    records.push(record('mtime', Buffer.from(String(header.modifiedAtS))))
  }
  for (const key of ['uid', 'gid'] as const) {
    const id = header[key] ?? 0
    if (id > SEVEN_DIGITS) records.push(record(key, Buffer.from(String(id))))
  }
  if (records.length === 0) return block(header, header.type)
  const body = Buffer.concat(records)
  const pax = block(
    { ...header, name: 'pax_header', linkName: '', sizeBytes: body.length, mode: 0o644 },
    'x'
  )
  return Buffer.concat([pax, body, Buffer.alloc(padding(body.length)), block(header, header.type)])
}

/** How many zero bytes follow a body of `sizeBytes`. */
export function padding(sizeBytes: number): number {
  return (BLOCK - (sizeBytes % BLOCK)) % BLOCK
}

/** About how many bytes an entry takes in the archive, header and padding with it. */
export function entryBytes(name: string, sizeBytes: number): number {
  return BLOCK + (fits(name) ? 0 : 2 * BLOCK) + sizeBytes + padding(sizeBytes)
}

/** The two empty blocks that end an archive. */
export const END_OF_ARCHIVE = Buffer.alloc(2 * BLOCK)

function fits(name: string): boolean {
  return name.length <= 100 && /^[\x20-\x7e]*$/.test(name)
}

/** One PAX record, `length key=value\n`; the length counts its own digits. */
function record(key: string, value: Buffer): Buffer {
  const rest = ` ${key}=`.length + value.length + 1
  let length = rest + String(rest).length
  if (rest + String(length).length !== length) length = rest + String(length).length
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')])
}

function block(header: TarHeader, type: string): Buffer {
  const out = Buffer.alloc(BLOCK)
  nameBytes(header.name).copy(out, 0, 0, 100)
  octal(out, header.mode & 0o7777, 100, 8)
  octal(out, Math.min(header.uid ?? 0, SEVEN_DIGITS), 108, 8)
  octal(out, Math.min(header.gid ?? 0, SEVEN_DIGITS), 116, 8)
  octal(out, header.sizeBytes > ELEVEN_DIGITS ? 0 : header.sizeBytes, 124, 12)
  octal(out, Math.min(Math.max(header.modifiedAtS, 0), ELEVEN_DIGITS), 136, 12)
  out.write('        ', 148, 'latin1')
  out.write(type, 156, 'latin1')
  nameBytes(header.linkName ?? '').copy(out, 157, 0, 100)
  out.write('ustar\x0000', 257, 'latin1')
  octal(out, header.deviceMajor ?? 0, 329, 8)
  octal(out, header.deviceMinor ?? 0, 337, 8)
  let sum = 0
  for (const byte of out) sum += byte
  out.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return out
}

function octal(out: Buffer, value: number, offset: number, width: number): void {
  out.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, 'latin1')
}
