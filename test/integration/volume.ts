import type { Engine } from '../../src/main/engine/engine'
import { helperImage } from '../../src/main/app/helper-image'
import { SILENT, withVolume } from '../../src/main/volumes/mounted'
import { docker, imageReference, LABEL_ARGS, uniqueName } from '../engine/context'
import type { Cleanup } from '../engine/cleanup'

/** The image of helpers. */
export const image = (of: Engine) => helperImage(of, 'resources')

/** A volume in which `script` has been run, as root; removed at clean-up. */
export async function volumeWith(cleanup: Cleanup, script = ''): Promise<string> {
  const name = uniqueName('volume')
  cleanup.add(() => docker(['volume', 'rm', '--force', name]))
  await docker(['volume', 'create', ...LABEL_ARGS, name])
  if (script !== '') await inVolume(name, script)
  return name
}

/** Runs a shell in a volume; answers what it printed. */
export function inVolume(name: string, script: string): Promise<string> {
  const mount = ['--volume', `${name}:/v`, '--workdir', '/v']
  const run = ['run', '--rm', ...LABEL_ARGS, ...mount, imageReference('busybox')]
  return docker([...run, 'sh', '-c', script])
}

/** Opens a volume by a helper. */
export function opened<T>(
  engine: Engine,
  volume: string,
  access: 'read' | 'write',
  work: (containerId: string) => Promise<T>
): Promise<T> {
  const options = { volume, access, operation: 'volumes.test', image, echo: SILENT }
  return withVolume(engine, options, ({ containerId }) => work(containerId))
}

/** Everything that a volume holds: kind, mode, owner, time, name, links, device numbers and sums of the contents. */
export async function listing(name: string): Promise<string[]> {
  const script =
    "find . -exec stat -c '%F %a %u:%g %Y %h %t,%T %N' {} + && find . -type f -exec md5sum {} +"
  return (await inVolume(name, script)).split('\n').toSorted()
}
