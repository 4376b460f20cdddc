import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { USUAL_DETACH_KEYS } from '../../shared/exec/model'

const config = z.object({ detachKeys: z.string().optional() })

/** The keys that docker's own configuration file lets go of a container by, as docker writes them; the usual where it names none that are any. */
export async function configuredDetachKeys(
  folder = process.env['DOCKER_CONFIG'] || join(homedir(), '.docker')
): Promise<string> {
  try {
    const { detachKeys } = config.parse(
      JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))
    )
    return detachKeys && readKeys(detachKeys) ? detachKeys : USUAL_DETACH_KEYS
  } catch {
    return USUAL_DETACH_KEYS
  }
}

/** The bytes of keys such as `ctrl-x,d`: a letter, or `ctrl-` with a letter or one of `@ [ \ ] ^ _`; undefined for what is none. */
function readKeys(text: string): number[] | undefined {
  const bytes = text.split(',').map((key) => {
    const [, control] = /^ctrl-([a-z@[\\\]^_])$/i.exec(key) ?? []
    if (control !== undefined) return control.toUpperCase().charCodeAt(0) - 0x40
    return /^[\x21-\x7e]$/.test(key) ? key.charCodeAt(0) : undefined
  })
  const known = bytes.filter((byte) => byte !== undefined)
  return known.length === bytes.length ? known : undefined
}

/**
 * Looks in what is typed for the keys that let go of a container, as `docker attach` does: the first of them are held back until the next
 * key, for the program must not act on a part of a detach.
 */
export class DetachKeys {
  readonly #keys: readonly number[]
  #held = 0

  constructor(keys = USUAL_DETACH_KEYS) {
    this.#keys = readKeys(keys) ?? []
  }

  /** What is to be sent, and whether the person detaches (then what follows is theirs no more). */
  push(bytes: Uint8Array): { readonly send: Uint8Array; readonly detaches: boolean } {
    const send: number[] = []
    for (const byte of bytes) {
      if (this.#held > 0 && byte !== this.#keys[this.#held]) {
        send.push(...this.#keys.slice(0, this.#held))
        this.#held = 0
      }
      if (byte !== this.#keys[this.#held]) send.push(byte)
      else if (++this.#held === this.#keys.length) {
        this.#held = 0
        return { send: Uint8Array.from(send), detaches: true }
      }
    }
    return { send: Uint8Array.from(send), detaches: false }
  }
}
