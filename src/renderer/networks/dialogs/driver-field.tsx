import { useTranslation } from 'react-i18next'
import { isOnlyOne, type FormFaults } from './create-form'
import { Field } from './fields'

const KNOWN = ['bridge', 'ipvlan', 'macvlan', 'overlay'] as const

/** The drivers that the engine has; what the known ones are for is said beside them. */
export function DriverField(props: {
  readonly driver: string
  readonly drivers: readonly string[]
  readonly fault: FormFaults['driver']
  readonly onDriver: (driver: string) => void
}) {
  const { t } = useTranslation('networks')
  const known = KNOWN.find((each) => each === props.driver)
  return (
    <Field
      label={t('dialog.driver')}
      fault={props.fault && t(`dialog.driverFault.${props.fault}`)}
      hint={known && t(`dialog.drivers.${known}`)}
    >
      {(id, describedBy) => (
        <select
          id={id}
          className="field"
          value={props.driver}
          aria-describedby={describedBy}
          onChange={(event) => props.onDriver(event.target.value)}
        >
          {props.drivers.map((each) => (
            // “host” and “none” are there already, and stay: docker makes no second one.
            <option key={each} value={each} disabled={isOnlyOne(each)}>
              {isOnlyOne(each) ? t('dialog.onlyOne', { driver: each }) : each}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
