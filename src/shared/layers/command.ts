/** What is read of an image's layers, as the docker command that reads the same. */
export const layersCommands = {
  history: (image: string): string[] => ['docker', 'history', '--no-trunc', image]
}
