/** Every container, image, network and volume that a test makes carries this label, so that a sweep finds them and nothing else. */
export const TEST_LABEL = 'io.portolan.test'
