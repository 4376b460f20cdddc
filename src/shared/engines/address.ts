import { PortolanError } from '../bridge/errors'
import type { EndpointAddress } from './model'

/**
 * Reads a DOCKER_HOST value: `unix:///path`, a bare absolute path, or `tcp://host:port` (2375 implied).
 * Errors: `unsupported` for ssh, npipe and fd; `invalid-input` for the rest. Source: docker/cli `opts/hosts.go`.
 */
export function parseAddress(text: string): EndpointAddress {
  const value = text.trim()
  if (value.startsWith('/')) return { kind: 'unix', socketPath: value }
  if (value.startsWith('unix://')) {
    const socketPath = value.slice('unix://'.length)
    if (socketPath.startsWith('/')) return { kind: 'unix', socketPath }
  }
  const tcp = /^(?:tcp|http):\/\/(\[[0-9a-f:]+\]|[^/:[\]]+)(?::(\d{1,5}))?\/?$/i.exec(value)
  if (tcp?.[1]) {
    const port = Number(tcp[2] ?? '2375')
    if (port > 0 && port < 65536) return { kind: 'tcp', host: tcp[1].replace(/^\[|\]$/g, ''), port }
  }
  const scheme = /^([a-z]+):\/\//i.exec(value)?.[1]?.toLowerCase()
  if (scheme && ['ssh', 'npipe', 'fd', 'https'].includes(scheme)) {
    throw new PortolanError({
      code: 'unsupported',
      message: `Portolan cannot connect to ${scheme}:// addresses yet.`,
      hint: 'Use unix:///path/to/docker.sock or tcp://host:port.'
    })
  }
  throw new PortolanError({
    code: 'invalid-input',
    message: `“${value}” is not the address of an engine.`,
    hint: 'Use unix:///path/to/docker.sock or tcp://host:port.'
  })
}

/** As {@link parseAddress}, but what it refuses is kept as it is: connecting then says why it cannot be done. */
export function readAddress(text: string): EndpointAddress {
  try {
    return parseAddress(text)
  } catch {
    return { kind: 'unsupported', text }
  }
}

/** The address as DOCKER_HOST writes it. */
export function formatAddress(address: EndpointAddress): string {
  if (address.kind === 'unix') return `unix://${address.socketPath}`
  if (address.kind === 'unsupported') return address.text
  const host = address.host.includes(':') ? `[${address.host}]` : address.host
  return `tcp://${host}:${address.port}`
}
