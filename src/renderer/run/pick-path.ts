import i18next from 'i18next'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'

/** The system's picker; undefined when it was cancelled. */
export async function pickPath(
  title: string,
  what: 'file' | 'folder'
): Promise<string | undefined> {
  try {
    const path =
      what === 'folder'
        ? await call('app.chooseFolder', { title })
        : await call('app.chooseFile', { title })
    return path ?? undefined
  } catch (thrown) {
    notify(i18next.t('run:pickFailed'), thrown)
    return undefined
  }
}
