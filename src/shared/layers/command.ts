import { formatCommand } from '../command/quote'

/** What is read of an image's layers, as the docker command that reads the same. */
export const layersCommands = {
  history: (image: string): string[] => ['docker', 'history', '--no-trunc', image],
  /** Lists the same archive: layers as archives inside it. */
  read: (image: string): string => `${formatCommand(['docker', 'save', image])} | tar -tv`
}
