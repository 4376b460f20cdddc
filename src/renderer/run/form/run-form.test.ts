import { describe, expect, it } from 'vitest'
import type { RunSpec } from '../../../shared/run/model'
import { countGiven, EMPTY_FORM, formOf, newRow, readForm, withRows, withText } from './run-form'

describe('the run form', () => {
  it('of a spec is read as the same spec', () => {
    const spec: RunSpec = {
      image: 'nginx:1.27',
      command: ['nginx', '-g', 'daemon off;'],
      name: 'web',
      detach: true,
      publish: [
        {
          hostIp: '127.0.0.1',
          hostPorts: { first: 8080, last: 8080 },
          containerPorts: { first: 80, last: 80 },
          protocol: 'tcp'
        }
      ],
      env: [{ name: 'A', value: 'two\nlines' }, { name: 'B' }],
      memory: 512 * 1024 ** 2,
      entrypoint: '',
      sigProxy: false,
      unread: [{ words: ['--no-such', 'flag'] }]
    }
    expect(readForm(formOf(spec)).spec).toEqual(spec)
  })

  it('keeps what cannot be read as it was typed, and says where and why', () => {
    const row = newRow('80x:80')
    const form = withText(
      withRows({ ...EMPTY_FORM, image: 'nginx' }, 'publish', [newRow('8080:80'), row]),
      'memory',
      'lots'
    )
    const { spec, faults } = readForm(form)
    expect(spec.publish).toHaveLength(1)
    expect(spec.unread?.map(({ words }) => words.join(' '))).toEqual(
      expect.arrayContaining(['--publish 80x:80', '--memory lots'])
    )
    expect(faults).toContainEqual(expect.objectContaining({ field: 'publish', rowId: row.id }))
    expect(faults).toContainEqual(expect.objectContaining({ field: 'memory' }))
  })

  it('names what a line had and no flag could take', () => {
    const { faults } = readForm(formOf({ image: 'a', unread: [{ words: ['--nope'] }] }))
    expect(faults).toMatchObject([{ field: 'unread', message: '--nope' }])
  })

  it('takes empty rows and fields for nothing', () => {
    const form = withRows({ ...EMPTY_FORM, image: ' nginx ' }, 'env', [newRow('')])
    expect(readForm(withText(form, 'user', '')).spec).toEqual({ image: 'nginx' })
    expect(countGiven(form, ['env', 'user'])).toBe(0)
  })

  it('says when the command’s quotes are not closed', () => {
    const { faults } = readForm({ ...EMPTY_FORM, image: 'a', command: 'sh -c "echo' })
    expect(faults).toMatchObject([{ field: 'command' }])
  })

  it('counts what is given', () => {
    const form = formOf({ image: 'a', init: true, user: 'me', dns: ['1.1.1.1', '8.8.8.8'] })
    expect(countGiven(form, ['init', 'user', 'dns', 'rm'])).toBe(4)
  })
})
