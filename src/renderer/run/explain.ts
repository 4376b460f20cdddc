import type { TFunction } from 'i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Container } from '../../shared/containers/model'

/**
 * Says what the engine's refusal of a run means and what to do about it; its own words stay beside it. What is not known is shown as it
 * came. The words are those of moby 20.10 to 28.
 */
export function explainRun(
  error: ErrorData,
  containers: readonly Container[],
  t: TFunction<'run'>
): ErrorData {
  const words = error.engineMessage ?? error.message
  const as = (message: string, hint: string): ErrorData => ({
    ...error,
    message,
    hint,
    engineMessage: words
  })

  const name = /container name "\/?([^"]+)" is already in use/.exec(words)?.[1]
  if (name !== undefined) return as(t('errors.name', { name }), t('errors.nameHint'))

  const port =
    /(?:Bind for|exposing port|listen (?:tcp|udp)\d?) \S*?:(\d+)\S* (?:failed: port is already allocated|.*address already in use|.*bind:)/.exec(
      words
    )?.[1]
  if (port !== undefined || /port is already allocated|address already in use/.test(words)) {
    const holder = containers.find((each) =>
      each.ports.some(({ hostPort }) => hostPort === Number(port))
    )
    return holder
      ? as(
          t('errors.portBy', { port, name: holder.name }),
          t('errors.portByHint', { name: holder.name })
        )
      : as(t('errors.port', { port: port ?? '?' }), t('errors.portHint'))
  }

  const source = /bind source path does not exist: (.+)$/m.exec(words)?.[1]
  if (source !== undefined) return as(t('errors.source', { source }), t('errors.sourceHint'))

  const network = /network (\S+) not found/.exec(words)?.[1]
  if (network !== undefined) return as(t('errors.network', { network }), t('errors.networkHint'))

  const program = /exec: "([^"]+)": (?:executable file not found|stat .*no such file)/.exec(
    words
  )?.[1]
  if (program !== undefined) return as(t('errors.program', { program }), t('errors.programHint'))

  const driver = /could not select device driver "?([^"]*)"? with capabilities/.exec(words)
  if (driver) return as(t('errors.gpu'), t('errors.gpuHint'))

  if (/Minimum memory limit allowed is/.test(words)) return as(t('errors.memory'), '')

  const user = /unable to find user ([^:]+): no matching entries/.exec(words)?.[1]
  if (user !== undefined) return as(t('errors.user', { user }), t('errors.userHint'))
  return error
}
