// Evidence as platforms sent it, of one learner and of the completions that are asked for.
import t from 'tap';
import type { CompletionRecord } from '../../src/completions/completion.ts';
import { readEvidence } from '../../src/completions/evidence-store.ts';
import { readPasts } from '../../src/completions/store.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, COMMONS, record, submission } from './submissions.ts';

await onEachDatabase(t, 'evidence comes with its completions alone', async (t, service) => {
  const send = (unit: string, account: string, evidence?: CompletionRecord['evidence']) =>
    submission(record(unit, account, { evidence }));
  const shown: NonNullable<CompletionRecord['evidence']>[number] = {
    url: 'https://work.example/1',
    name: 'A toolkit',
    category: 'personal-toolkit',
  };
  const replies = await recordCompletions(service, [
    send(COMMONS[0]!, 'ada', [shown, { url: 'https://work.example/2' }]),
    send(COMMONS[1]!, 'ada'),
    send(COMMONS[0]!, 'eve', [{ url: 'https://work.example/3' }]),
  ]);
  const [ada, , eve] = replies.map((reply) => body(reply).learner ?? '');
  const pasts = await readPasts(service.db.read, [ada!, eve!]);
  const [first, second] = COMMONS.map((unit) => pasts.get(ada!)!.history.find((one) => one.unit === unit)?.id ?? '');
  const read = (...ids: string[]) => readEvidence(service.db.read, ada!, ids);
  t.same(await read(first!, second!), [shown, { url: 'https://work.example/2' }]);
  t.same(await read(second!), []);
  t.same(await read(pasts.get(eve!)!.history[0]!.id), [], "another's is not told");
});
