import { describe, expect, it } from 'vitest'
import { execContract } from './contract'
import { LARGEST_INPUT_BYTES } from './model'

const { input } = execContract.open
const { up } = execContract.view
const least = { endpointId: 'local', containerId: 'a'.repeat(64), columns: 80, rows: 24 }

describe('opening a shell', () => {
  it('takes the least and the most', () => {
    expect(input.parse(least)).toEqual(least)
    const most = {
      ...least,
      user: 'app:1000',
      workingDir: '/srv/данные',
      shell: '/bin/bash',
      command: 'top'
    }
    expect(input.parse(most)).toEqual(most)
  })

  it.each([
    { columns: 0 },
    { rows: 1001 },
    { columns: 80.5 },
    { containerId: '../x' },
    { containerId: '' },
    { user: 'a b' },
    { user: '-x' },
    { workingDir: 'relative' },
    { workingDir: '/a\u0000b' },
    { shell: '-c' },
    { shell: 'sh\nrm' },
    { shell: '' },
    { command: 'a\nb' },
    { sessionId: '1' }
  ])('refuses %o', (wrong) => {
    expect(input.safeParse({ ...least, ...wrong }).success).toBe(false)
  })
})

describe('the view of a session', () => {
  it('takes bytes and sizes up, and nothing else', () => {
    expect(up.safeParse(new Uint8Array(LARGEST_INPUT_BYTES)).success).toBe(true)
    expect(up.safeParse({ columns: 1, rows: 1000 }).success).toBe(true)
    expect(up.safeParse(new Uint8Array(LARGEST_INPUT_BYTES + 1)).success).toBe(false)
    expect(up.safeParse('text').success).toBe(false)
    expect(up.safeParse({ columns: 1 }).success).toBe(false)
  })
})
