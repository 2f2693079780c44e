import * as brokers from './index.js';

it('exports exactly these names', () => {
  expect(Object.keys(brokers).sort()).toEqual(['BAD_DAY', 'NO_FAULTS', 'SimulatedBroker', 'SimulatedExchange']);
});
