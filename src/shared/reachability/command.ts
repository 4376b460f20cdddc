import { quoteArgument } from '../command/quote'

/**
 * The shell line that does with the docker CLI what a sweep does: one ping from every container to every address. It is slower (one
 * exec a pair), and works only where the images hold `ping`.
 */
export function sweepCommand(names: readonly string[], addresses: readonly string[]): string {
  const from = names.map(quoteArgument).join(' ')
  const to = addresses.map(quoteArgument).join(' ')
  return `for from in ${from}; do for to in ${to}; do docker exec "$from" ping -c 1 -W 1 "$to"; done; done`
}
