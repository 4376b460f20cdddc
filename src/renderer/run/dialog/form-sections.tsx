import { AllFlags } from './all-flags'
import { Environment } from './environment'
import { Health, Labels, Limits, Log, Names, Process, Rights } from './more-sections'
import { Mounts } from './mounts'
import { Networks } from './networks'
import { Ports } from './ports'

/** Every section, in two columns where there is room. */
export function FormSections() {
  return (
    <div className="run-columns">
      <div className="run-column">
        <Ports />
        <Environment />
        <Networks />
        <Process />
        <Labels />
        <Health />
      </div>
      <div className="run-column">
        <Mounts />
        <Limits />
        <Rights />
        <Log />
        <Names />
        <AllFlags />
      </div>
    </div>
  )
}
