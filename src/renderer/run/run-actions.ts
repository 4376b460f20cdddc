import { Copy, PenLine, Play, RotateCcw } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { imageName, type Image } from '../../shared/images/model'
import type { RunSpec } from '../../shared/run/model'
import { call } from '../bridge/client'
import type { Action } from '../ui/action'
import { notify } from '../ui/notices'
import { openEdit, openRunSpec } from './run-store'

/** Running a container's like, and changing it. */
export function useRunActions(): readonly Action<Container>[] {
  const { t } = useTranslation('run')
  return useMemo(() => {
    function described(
      open: (spec: RunSpec, container: Container) => void
    ): (containers: readonly Container[]) => void {
      return ([container]) => {
        if (!container) return
        const { endpointId, id, name } = container
        call('run.describe', { endpointId, containerId: id }).then(
          (spec) => open(spec, container),
          (thrown: unknown) => notify(t('describeFailed', { name }), thrown)
        )
      }
    }
    return [
      {
        id: 'edit',
        group: 'change',
        label: t('actions.edit'),
        hint: t('actions.editHint'),
        icon: PenLine,
        isFor: ({ state }) => state !== 'removing' && state !== 'dead',
        run: described((spec, container) => openEdit(container, spec))
      },
      {
        id: 'run-again',
        group: 'change',
        label: t('actions.again'),
        icon: RotateCcw,
        isFor: () => true,
        run: described((spec) => openRunSpec(spec))
      },
      {
        id: 'duplicate',
        group: 'change',
        label: t('actions.duplicate'),
        icon: Copy,
        isFor: () => true,
        run: described((spec) => openRunSpec(duplicateOf(spec)))
      }
    ]
  }, [t])
}

/** What the original keeps for itself: its name, its addresses, and its ports of the host. */
export function duplicateOf(spec: RunSpec): RunSpec {
  const { name, ip: _ip, ip6: _ip6, macAddress: _mac, publish, networks, ...rest } = spec
  return {
    ...rest,
    ...(name !== undefined && { name: `${name}-copy` }),
    ...(publish && {
      publish: publish.map(({ hostPorts: _ports, ...port }) => port)
    }),
    ...(networks && {
      networks: networks.map(
        ({ ip: _address, ip6: _address6, macAddress: _hardware, ...network }) => network
      )
    })
  }
}

export function useImageRunActions(): readonly Action<Image>[] {
  const { t } = useTranslation('run')
  return useMemo(
    () => [
      {
        id: 'run',
        label: t('actions.run'),
        icon: Play,
        isFor: () => true,
        run: ([image]) => image && openRunSpec({ image: imageName(image) })
      }
    ],
    [t]
  )
}
