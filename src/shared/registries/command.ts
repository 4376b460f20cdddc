import { formatCommand } from '../command/quote'
import { HUB } from './domain'

/** Each action on a registry as the argument vector of the docker command that does the same. Docker Hub is meant where none is named. */
export const registryCommands = {
  /** The password is its standard input, and never an argument. */
  logIn: (domain: string, username: string): string[] => [
    'docker',
    'login',
    '--username',
    username,
    '--password-stdin',
    ...named(domain)
  ],
  logOut: (domain: string): string[] => ['docker', 'logout', ...named(domain)],
  search: (term: string): string[] => ['docker', 'search', term],
  /**
   * Docker has no command for it: a whole shell line. The person is asked for the password; a registry that takes tokens finds one in
   * `$TOKEN`.
   */
  deleteManifest: (url: string, scheme?: 'basic' | 'bearer', username = ''): string => {
    const logIn =
      scheme === 'basic'
        ? `--user ${formatCommand([username])} `
        : scheme === 'bearer'
          ? '--header "Authorization: Bearer $TOKEN" '
          : ''
    return `curl --fail --request DELETE ${logIn}${formatCommand([url])}`
  }
}

function named(domain: string): string[] {
  return domain === HUB ? [] : [domain]
}
