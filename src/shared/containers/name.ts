/** What the engine takes as a container's name. Source: moby `daemon/names`. */
const CONTAINER_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

/** Whether it can be a container's name, whoever may have it. */
export function isContainerName(name: string): boolean {
  return CONTAINER_NAME.test(name)
}
