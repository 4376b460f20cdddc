import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { z } from 'zod'
import { PortolanError } from '../../shared/bridge/errors'

/** What a helper keeps for a registry. `<token>` as the user: the secret is an identity token. */
export interface HelperSecret {
  readonly username: string
  readonly secret: string
}

/** Longest wait for a helper: it may have to ask its person. */
const HELPER_MS = 60_000
const ANSWER_BYTES = 4 * 1024 * 1024

const answer = z.object({ Username: z.string(), Secret: z.string() })

/** What a helper keeps under a name; nothing where it has none. Source: docker-credential-helpers, `get`. */
export async function helperGet(name: string, key: string): Promise<HelperSecret | undefined> {
  const text = await ask(name, 'get', key)
  if (text === undefined) return undefined
  const { Username, Secret } = parsed(name, answer, text)
  return { username: Username, secret: Secret }
}

/** Gives a helper something to keep. Source: docker-credential-helpers, `store`. */
export async function helperStore(name: string, key: string, kept: HelperSecret): Promise<void> {
  const { username, secret } = kept
  await ask(
    name,
    'store',
    JSON.stringify({ ServerURL: key, Username: username, Secret: secret }),
    secret
  )
}

/** Lets a helper forget; what it does not have is no fault. Source: docker-credential-helpers, `erase`. */
export async function helperErase(name: string, key: string): Promise<void> {
  await ask(name, 'erase', key)
}

/** The user of each name that a helper keeps. Source: docker-credential-helpers, `list`. */
export async function helperList(name: string): Promise<Readonly<Record<string, string>>> {
  const text = (await ask(name, 'list', '')) ?? '{}'
  return parsed(name, z.record(z.string(), z.string()), text.trim() || '{}')
}

/** The path of a program, as a shell finds it. */
export async function onPath(program: string): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(folder, program + ending)
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false
      )
      if (isThere) return path
    }
  }
  return undefined
}

/** Runs `docker-credential-NAME VERB`, with what it needs by its standard input: nothing secret is an argument. */
async function ask(
  name: string,
  verb: string,
  input: string,
  secret = ''
): Promise<string | undefined> {
  // A name and never a path: docker finds it on the PATH as well.
  const isName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)
  const program = isName ? await onPath(`docker-credential-${name}`) : undefined
  if (program === undefined) throw missing(name)
  return new Promise((resolve, reject) => {
    const options = { timeout: HELPER_MS, maxBuffer: ANSWER_BYTES, encoding: 'utf8' as const }
    const child = execFile(program, [verb], options, (failure, stdout, stderr) => {
      // A helper says what is wrong on its standard output.
      const words = (stdout.trim() || stderr.trim()).slice(0, 500)
      if (!failure) resolve(stdout)
      else if (/credentials not found/i.test(words)) resolve(undefined)
      else
        reject(
          refused(name, failure.killed === true, secret ? words.replaceAll(secret, '…') : words)
        )
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}

function parsed<S extends z.ZodType>(name: string, schema: S, text: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // The answer may hold the secret: it is not quoted.
    throw new PortolanError({
      code: 'protocol',
      message: `The credential helper ${name} gave an answer that makes no sense.`
    })
  }
}

function missing(name: string): PortolanError {
  return new PortolanError({
    code: 'not-found',
    message: `The credential helper docker-credential-${name} is not there.`,
    hint: 'Docker’s configuration names it (credsStore, credHelpers). Install it, or take its name out of that file.'
  })
}

function refused(name: string, isLate: boolean, words: string): PortolanError {
  return new PortolanError({
    code: isLate ? 'timeout' : 'process-exit',
    message: isLate
      ? `The credential helper ${name} has not answered within ${HELPER_MS / 1000} s.`
      : `The credential helper ${name} refused.`,
    hint: 'It keeps docker’s log-ins: is its keyring unlocked?',
    ...(words && { engineMessage: words })
  })
}
