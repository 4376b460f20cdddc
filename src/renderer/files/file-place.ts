import type { FileHolder } from '../../shared/files/model'

/** Whose files a pane shows; the same object as long as they are the same. */
export interface FilePlace {
  readonly endpointId: string
  readonly holder: FileHolder
  /** What a person calls it. */
  readonly name: string
  /** Tells it from all others, for what is remembered of it. */
  readonly key: string
}

/** What the calls about it want to know. */
export type FileTarget = Pick<FilePlace, 'endpointId' | 'holder'>

/** The id by which tasks about it name it. */
export function subjectIdOf({ holder }: FileTarget): string {
  return 'volume' in holder ? holder.volume : holder.containerId
}
