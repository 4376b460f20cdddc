import { expect, it } from 'vitest'
import { tidySpec } from './model'

it('a spec has no empty lists and nothing undefined', () => {
  const spec = { image: 'busybox', env: [], tty: false, entrypoint: '', dns: ['1.1.1.1'] }
  expect(tidySpec(spec)).toEqual({
    image: 'busybox',
    tty: false,
    entrypoint: '',
    dns: ['1.1.1.1']
  })
})
