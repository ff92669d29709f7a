// Somebody looked, and the badge stands.
import t from 'tap';
import { keepCredential } from '../../src/credentials/settle-review.ts';
import { markForReview, readCredential } from '../../src/credentials/store.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

await onEachDatabase(t, 'a kept badge is as it was, and may be marked again later', async (t, service) => {
  const issued = await issueCommons(service);
  const mark = (cause: string) => service.db.transaction((tx) => markForReview(tx, [issued.id], cause, service.now()));
  await mark('first');
  await mark('second');
  t.match(await readCredential(service.db.read, issued.id), { reviewCause: 'first' }, 'the first cause stands');
  await keepCredential(service, issued.id);
  t.same(await readCredential(service.db.read, issued.id), issued);
  await mark('third');
  t.match(await readCredential(service.db.read, issued.id), { reviewCause: 'third' });
});

await onEachDatabase(
  t,
  'there is nothing to settle where nobody asked, and nobody’s badge is a 404',
  async (t, service) => {
    const issued = await issueCommons(service);
    await t.rejects(keepCredential(service, issued.id), { code: 'not_in_review', status: 409 });
    const unknown = '11111111-1111-4111-8111-111111111111';
    await t.rejects(keepCredential(service, unknown), { code: 'credential_unknown', status: 404 });
  },
);
