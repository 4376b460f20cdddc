import type { ProbeAnswer } from './probe-output'

/**
 * The shell script that asks by an image's own `ping`, all at once, and prints a line `@NUMBER STATUS WHAT PING SAID` for each. A name
 * that is asked of a dead resolver may take ten seconds: it gets two, where the image has `timeout`.
 */
export function execScript(tasks: readonly string[]): string {
  const lines = tasks.flatMap((task, number) => {
    const [kind = '', ...rest] = task.split('=')
    const asked = quoted(rest.join('='))
    if (kind === 'ping') return [`p ${number} ping -c 1 -W 2 ${asked} &`]
    return kind === 'name' ? [`p ${number} timeout 2 ping -c 1 -W 1 ${asked} &`] : []
  })
  const p = 'p() { n=$1; shift; o=$("$@" 2>&1); s=$?; echo "@$n $s" $o; }'
  return ['set -f', p, ...lines, 'wait'].join('\n')
}

/** Names come from the engine, and are letters, digits and `_.-` there; nobody is to depend on it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** Reads what {@link execScript} printed; by the number of the task. What it did not say is not there. */
export function parseExecOutput(text: string, tasks: readonly string[]): Map<number, ProbeAnswer> {
  const answers = new Map<number, ProbeAnswer>()
  for (const line of text.split('\n')) {
    const said = /^@(\d+) (\d+) ?(.*)$/.exec(line)
    const task = Number(said?.[1] ?? -1)
    const asked = tasks[task]
    if (!said || asked === undefined) continue
    const answer = asked.startsWith('name=')
      ? nameAnswer(said[3] ?? '')
      : pingAnswer(Number(said[2]), said[3] ?? '')
    if (answer) answers.set(task, { task, ...answer })
  }
  return answers
}

type Answer = Omit<ProbeAnswer, 'task'>

/** Status 0: it answered; 1: nothing came back. Anything else: ping could not be run, or not ask. */
function pingAnswer(status: number, said: string): Answer | undefined {
  if (status === 0) {
    const ms = /time[=<]([\d.]+) ?ms/.exec(said)?.[1]
    return { outcome: 'answered', ...(ms !== undefined && { rttUs: Number(ms) * 1000 }) }
  }
  if (/permission denied|operation not permitted/i.test(said)) return { outcome: 'denied' }
  if (/unreachable/i.test(said)) return { outcome: 'unreachable' }
  return /packets transmitted/i.test(said) ? { outcome: 'timeout' } : undefined
}

/** `PING db (10.0.0.3): 56 data bytes` is printed as soon as the name is known, whatever answers then. */
function nameAnswer(said: string): Answer | undefined {
  const address = /^PING \S+ \(([0-9a-f.:]+)\)/i.exec(said)?.[1]
  if (address !== undefined) return { outcome: 'resolved', addresses: [address] }
  if (/bad address|unknown host|not known|no address/i.test(said)) return { outcome: 'not-found' }
  return /temporary failure|^$/i.test(said) ? { outcome: 'failed' } : undefined
}
