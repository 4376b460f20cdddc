import { memo } from 'react'
import type { Region } from './regions'
import { fitText } from './text-width'

/** The land of each Compose project, below everything else, with its name at the upper left. */
export const ChartRegions = memo(function ChartRegions({
  regions,
  scale
}: {
  readonly regions: readonly Region[]
  readonly scale: number
}) {
  const fontPx = 12 * scale
  return (
    <g className="regions" aria-hidden>
      {regions.map(({ key, project, box, isNamed }) => {
        const [left, top] = [box.x - box.width / 2, box.y - box.height / 2]
        return (
          <g key={key} className="region">
            <rect x={left} y={top} width={box.width} height={box.height} rx="14" />
            {isNamed && (
              <text x={left + 10} y={top - 5} fontSize={fontPx}>
                {fitText(project, Math.max(box.width - 20, 60), fontPx, 650)}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
})
