import { paise } from '@sos/domain';
import { brokerContract } from '../fixtures/broker-contract.js';
import { MORNING, PLAIN_LAW } from '../fixtures/plain-law.js';
import { VirtualClock } from '../fixtures/virtual-clock.js';
import { SimulatedBroker } from './simulated-broker.js';

brokerContract('simulated', () => {
  const clock = new VirtualClock(MORNING);
  const broker = new SimulatedBroker({ clock, termsOf: () => PLAIN_LAW, funds: paise(100_000_000) });
  return {
    broker,
    clock,
    show: (contract, quote) => broker.show(contract.id, quote),
    fail: (fault) => {
      if (fault === 'login') broker.setLogin(false);
      else
        broker.failNext(fault === 'timeout' ? 'timeout-after' : fault === 'server-error' ? 'error-before' : 'not-sent');
    },
  };
});
