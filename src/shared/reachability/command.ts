import { formatCommand, quoteArgument } from '../command/quote'
import type { PairResult } from './model'
import type { Node } from './topology'

/**
 * The shell line that does with the docker CLI what a sweep does: one ping from every container to every address. It is slower (one
 * exec a pair), and works only where the images hold `ping`.
 */
export function sweepCommand(names: readonly string[], addresses: readonly string[]): string {
  const from = names.map(quoteArgument).join(' ')
  const to = addresses.map(quoteArgument).join(' ')
  return `for from in ${from}; do for to in ${to}; do docker exec "$from" ping -c 1 -W 1 "$to"; done; done`
}

/** One ping from a container to an address or name. */
export function pairCommand(source: string, whom: string): string[] {
  return ['docker', 'exec', source, 'ping', '-c', '1', '-W', '1', whom]
}

/** The lines that look at a pair by hand: each address and the first name that is known, both ends' files, and the networks. */
export function pairCommands(source: Node, target: Node, result: PairResult): string[] {
  const name = result.names.find(({ outcome }) => outcome === 'resolved')?.name
  const whom = [...result.addresses.map(({ address }) => address), ...(name ? [name] : [])]
  const names = [source, target].flatMap(({ attachments }) =>
    attachments.map(({ networkName }) => networkName)
  )
  return [
    ...whom.map((each) => pairCommand(source.name, each)),
    ...(result.ports ?? []).map(({ address, port }) => [
      'docker',
      'exec',
      source.name,
      'nc',
      '-z',
      '-w',
      '1',
      address,
      String(port)
    ]),
    ...[source, target].flatMap((node) =>
      ['/etc/hosts', '/etc/resolv.conf'].map((path) => ['docker', 'exec', node.name, 'cat', path])
    ),
    ...[...new Set(names)].map((network) => ['docker', 'network', 'inspect', network])
  ].map(formatCommand)
}
