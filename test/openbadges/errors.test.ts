// An error says what, where and why.
import t from 'tap';
import { OpenBadgesError } from '../../src/openbadges/errors.ts';

void t.test('an error carries its code, the place of the fault and its cause', async (t) => {
  const cause = new Error('inner');
  const error = new OpenBadgesError('ERR_OB_JSONLD', 'no such term', { pointer: '/a/b', cause });
  t.ok(error instanceof Error);
  t.match(error, { name: 'OpenBadgesError', code: 'ERR_OB_JSONLD', message: 'no such term', pointer: '/a/b' });
  t.equal(error.cause, cause);
  t.notOk('cause' in new OpenBadgesError('ERR_OB_JSONLD', 'no such term'));
});
