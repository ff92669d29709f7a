// A client that may not call any more: its secrets go at once, its tokens stop within seconds.
import { Problem } from './problem.ts';
import type { Service } from './service.ts';
import { disableClientRow, lockClient } from './store.ts';

/** Does nothing to a client that is disabled already. @throws {Problem} 404 for a client that is not there */
export async function disableClient(service: Pick<Service, 'db' | 'now'>, clientId: string): Promise<void> {
  await service.db.transaction(async (tx) => {
    if (!(await lockClient(tx, clientId))) {
      throw new Problem('client_unknown', 404, 'There is no client with this id: see "cairn clients list".');
    }
    await disableClientRow(tx, clientId, service.now());
  });
}
