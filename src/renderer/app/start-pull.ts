import i18next from 'i18next'
import { openTask } from './dock-store'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'

/** Starts a pull and shows its tab; a failure to start is a notice. */
export async function startPull(
  endpointId: string,
  reference: string,
  platform?: string
): Promise<void> {
  try {
    const { taskId } = await call('images.pull', {
      endpointId,
      reference,
      ...(platform !== undefined && { platform })
    })
    openTask(taskId, reference)
  } catch (thrown) {
    notify(i18next.t('images:pull.failed', { title: reference }), thrown)
  }
}
