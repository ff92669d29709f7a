// What is the database's being away, and what is not.
import t from 'tap';
import { isConnectionLost, isOutage } from '../../src/platform/outage.ts';

const failure = (code: string, more: object = {}) =>
  new Error('Failed query', { cause: Object.assign(new Error('pg'), { code, ...more }) });

await t.test('an outage is told from a record that the database refuses', async (t) => {
  for (const code of [
    '08006',
    '53100',
    '57P01',
    '58030',
    '25006',
    'CONNECTION_CLOSED',
    'CONNECT_TIMEOUT',
    'ECONNRESET',
  ])
    t.ok(isOutage(failure(code)), code);
  for (const code of ['22P05', '23502', '40001', '57014', '54000', 'ERR_OB_KEY', 'ENOENT'])
    t.notOk(isOutage(failure(code)), code);
  t.ok(isOutage(failure('ENOENT', { syscall: 'connect' })), 'a socket that is gone, not a file');
  t.notOk(isOutage(new Error('a fault of ours')));
});

await t.test('a connection that is gone is told from a database that refuses', async (t) => {
  for (const code of ['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE'])
    t.ok(isConnectionLost(failure(code)), code);
  for (const code of ['53100', '25006', '40001', 'ENOENT']) t.notOk(isConnectionLost(failure(code)), code);
});
