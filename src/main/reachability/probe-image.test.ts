import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildProbeImage } from './probe-image'

const FOLDER = join(import.meta.dirname, '../../../resources/probe')

describe('the committed probe', () => {
  it('was built from the committed sources', async () => {
    const recorded = (await readFile(join(FOLDER, 'SHA256SUMS'), 'utf8')).trim().split('\n')
    expect(recorded.map((line) => line.split('  ')[1])).toEqual([
      'build.sh',
      'probe.c',
      'sys.h',
      'probe-amd64',
      'probe-arm64'
    ])
    for (const line of recorded) {
      const [hash, file = ''] = line.split('  ')
      const bytes = await readFile(join(FOLDER, file))
      expect(`${file} ${createHash('sha256').update(bytes).digest('hex')}`).toBe(`${file} ${hash}`)
    }
  })

  it.each([
    ['amd64', 62],
    ['arm64', 183]
  ])('is a small static ELF program for %s', async (arch, machine) => {
    const bytes = await readFile(join(FOLDER, `probe-${arch}`))
    expect(bytes.length).toBeLessThan(16_384)
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('\x7fELF')
    expect(bytes.readUInt16LE(16)).toBe(2)
    expect(bytes.readUInt16LE(18)).toBe(machine)
  })
})

describe('buildProbeImage', () => {
  it('makes the same image each time, and another for another machine', async () => {
    const [first, again, other] = await Promise.all([
      buildProbeImage(FOLDER, 'amd64'),
      buildProbeImage(FOLDER, 'amd64'),
      buildProbeImage(FOLDER, 'arm64')
    ])
    expect(again).toEqual(first)
    expect(other.id).not.toBe(first.id)
    expect(first.reference).toBe(`portolan-probe:${first.id.slice(7, 19)}`)
  })

  it('knows which engines it cannot serve', async () => {
    await expect(buildProbeImage(FOLDER, 's390x')).rejects.toMatchObject({ code: 'unsupported' })
  })
})
