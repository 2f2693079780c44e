import { localUrl, maskUrl } from './database-url.js';

test.each([
  ['postgres://sos:secret@127.0.0.1:5432/sos', 'postgres://sos:***@127.0.0.1:5432/sos'],
  ['postgres://sos:a:b%40@host/sos?sslmode=require', 'postgres://sos:***@host/sos?sslmode=require'],
  ['postgres://host/sos?user=a&password=secret&x=1', 'postgres://host/sos?user=a&password=***&x=1'],
  ['postgres://sos@host/sos', 'postgres://sos@host/sos'],
])('%s is printed without its password', (url, printed) => {
  expect(maskUrl(url)).toBe(printed);
});

test('the local address names role, loopback, port and database', () => {
  expect(localUrl(5433, 'pw')).toBe('postgres://sos:pw@127.0.0.1:5433/sos');
});
