import { AppError } from '@sos/domain';

import { databaseError } from './database-error.js';
import { freePort } from './embedded/free-port.js';
import { openStore } from './store.js';

const URL_ = 'postgres://sos:secret@127.0.0.1:1/sos';
const failure = (code: string): Error => Object.assign(new Error(`said ${code}`), { code });

test.each([
  ['ECONNREFUSED', 'SOS_DB_UNAVAILABLE'],
  ['CONNECTION_CLOSED', 'SOS_DB_UNAVAILABLE'],
  ['57P01', 'SOS_DB_UNAVAILABLE'],
  ['28P01', 'SOS_DB_UNAVAILABLE'],
  ['3D000', 'SOS_DB_UNAVAILABLE'],
  ['53100', 'SOS_DATA_FOLDER'],
  ['23514', 'SOS_INVARIANT'],
])('%s becomes %s and never shows the password', (code, expected) => {
  for (const error of [failure(code), new Error('failed query', { cause: failure(code) })]) {
    const made = databaseError(error, URL_);
    expect(made).toMatchObject({ code: expected, cause: error });
    expect(`${made.message}${JSON.stringify((made as AppError).context)}`).not.toContain('secret');
  }
});

test('errors of SOS and of the program pass through', () => {
  const own = new AppError('SOS_INPUT', 'no');
  expect(databaseError(own, URL_)).toBe(own);
  const bug = new TypeError('x is not a function');
  expect(databaseError(bug, URL_)).toBe(bug);
});

test('a database that is down is one clear line', async () => {
  const url = `postgres://sos:secret@127.0.0.1:${await freePort()}/sos`;
  await expect(openStore({ url })).rejects.toMatchObject({
    code: 'SOS_DB_UNAVAILABLE',
    message: expect.stringMatching(
      /^expected PostgreSQL at postgres:\/\/sos:\*\*\*@127\.0\.0\.1:\d+\/sos, found: .*ECONNREFUSED/,
    ),
  });
});
