const SECRET_NAME = /token|secret|pass|pwd|key|auth|cred/i
/** Names that speak of a file or of a setting, and hold no secret themselves. */
const NO_SECRET = /(_FILE|_PATH|_DIR|_URL|_METHOD|_TYPE|_ENABLED?)$/i

/**
 * Whether a variable's value must not be shown: its name speaks of a token, a secret, a password, a key or the like. An empty value hides
 * nothing.
 */
export function isSecretVariable(name: string, value: string): boolean {
  return value !== '' && SECRET_NAME.test(name) && !NO_SECRET.test(name)
}
