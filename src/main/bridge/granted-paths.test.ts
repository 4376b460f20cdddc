import { expect, it } from 'vitest'
import { GrantedPaths } from './granted-paths'

it('covers what was handed over and what lies in it, and nothing beside it', () => {
  const granted = new GrantedPaths()
  granted.grant('/home/me/app')
  expect(granted.covers('/home/me/app')).toBe(true)
  expect(granted.covers('/home/me/app/Dockerfile')).toBe(true)
  expect(granted.covers('/home/me/app/..strange')).toBe(true)
  expect(granted.covers('/home/me/app/../other/Dockerfile')).toBe(false)
  expect(granted.covers('/home/me/application')).toBe(false)
  expect(granted.covers('/home/me')).toBe(false)
})

it('takes no relative path: nobody knows from where', () => {
  const granted = new GrantedPaths()
  granted.grant('')
  granted.grant('.')
  expect(granted.covers(process.cwd())).toBe(false)
})
