import { formatCommand } from '../../shared/command/quote'
import type { Pair } from './pairs'

/**
 * The docker command that asks the same of a pair by hand: by the target's name where the source knows it, else by the address
 * that was asked, the one that answered first. Undefined where there is nothing to ask.
 */
export function pairCommand({ source, target, result, isStale }: Pair): string | undefined {
  const name = result?.names.find(({ outcome }) => outcome === 'resolved')?.name
  const asked =
    result?.addresses.find(({ outcome }) => outcome === 'answered') ?? result?.addresses[0]
  const current = target.attachments.find(({ ipAddress }) => ipAddress !== '')?.ipAddress
  const whom = isStale ? current : (name ?? asked?.address ?? current)
  if (whom === undefined) return undefined
  return formatCommand(['docker', 'exec', source.name, 'ping', '-c', '1', whom])
}
