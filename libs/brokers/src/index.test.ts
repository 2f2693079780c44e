import * as brokers from './index.js';

it('exports exactly these names', () => {
  expect(Object.keys(brokers).sort()).toEqual([
    'BAD_DAY',
    'DeskLock',
    'JournalFile',
    'KillSwitchFile',
    'NO_FAULTS',
    'SharedBudget',
    'SimulatedBroker',
    'SimulatedExchange',
    'UPSTOX_BROKER_HOSTS',
    'UpstoxBroker',
    'deskOwner',
    'exportTrail',
    'journalDates',
    'openJournal',
    'orderStatusOf',
    'readJournal',
  ]);
});
