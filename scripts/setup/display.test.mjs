import { describe, expect, it } from 'vitest'
import { lacksDisplay } from './display.mjs'

describe('lacksDisplay', () => {
  it('is for Linux without X11 and without Wayland', () => {
    expect(lacksDisplay({}, 'linux')).toBe(true)
    expect(lacksDisplay({ DISPLAY: '' }, 'linux')).toBe(true)
    expect(lacksDisplay({ DISPLAY: ':0' }, 'linux')).toBe(false)
    expect(lacksDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(false)
  })

  it('is not for systems that always have one', () => {
    expect(lacksDisplay({}, 'darwin')).toBe(false)
    expect(lacksDisplay({}, 'win32')).toBe(false)
  })
})
