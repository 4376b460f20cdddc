import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'

/**
 * Local paths that the person has handed over: dropped onto the window, picked in the system's dialog, named at the start. Only in
 * these may a feature write a file that the page names. Kept as long as the app runs.
 */
export class GrantedPaths {
  readonly #paths = new Set<string>()

  grant(path: string): void {
    if (isAbsolute(path)) this.#paths.add(resolve(path))
  }

  /** Whether a path was handed over, or lies in a folder that was; links are not looked at. */
  covers(path: string): boolean {
    const wanted = resolve(path)
    return [...this.#paths].some((granted) => holds(granted, wanted))
  }

  /**
   * The real path, links resolved, if it is covered by what was handed over: a link inside must not lead out. Undefined where it is
   * not. Errors: the system's, `ENOENT` among them.
   */
  async resolve(path: string): Promise<string | undefined> {
    const wanted = resolve(path)
    const granted = [...this.#paths].filter((each) => holds(each, wanted))
    if (granted.length === 0) return undefined
    const real = await realpath(wanted)
    for (const each of granted) {
      // What was dropped may itself be reached by a link.
      if (holds(await realpath(each), real)) return real
    }
    return undefined
  }
}

function holds(folder: string, path: string): boolean {
  const inside = relative(folder, path)
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)
}
