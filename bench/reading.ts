// Reading a badge of ours over HTTP, as JSON and as a page, against a bare Fastify route that answers the same bytes.
import type { Pool } from 'undici';
import { compare, type Rival } from './measure.ts';

const CLIENTS = 64;
/** More than it takes until both rivals run as fast as they will. */
const A_ROUND = 10_000;
const BROWSER = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
const PROGRAM = { accept: 'application/json', 'user-agent': 'bench' };

async function get(pool: Pool, path: string, headers: Record<string, string>): Promise<{ type: string; text: string }> {
  const answer = await pool.request({ method: 'GET', path, headers });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 200)}`);
  return { type: String(answer.headers['content-type']), text };
}

function reader(name: string, pool: Pool, path: string, headers: Record<string, string>): Rival {
  return {
    name,
    async round() {
      let left = A_ROUND;
      const client = async (): Promise<void> => {
        while (left-- > 0) await get(pool, path, headers);
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
      return A_ROUND;
    },
  };
}

/** Ratios of reading one badge. @param path of the credential */
export async function measureReading(
  cairn: Pool,
  floor: Pool,
  path: string,
  rounds: number,
): Promise<Record<string, number>> {
  const forms = [
    { name: 'get-json/static-floor', headers: PROGRAM },
    { name: 'badge-page/static-floor', headers: BROWSER },
  ];
  const ratios: Record<string, number> = {};
  for (const { name, headers } of forms) {
    const { type, text } = await get(cairn, path, headers);
    const place = `/static/${name.split('/')[0]}`;
    const body = JSON.stringify({ type, text });
    await floor.request({ method: 'PUT', path: place, body, headers: { 'content-type': 'application/json' } });
    const [ours, bare] = await compare(
      [reader(name, cairn, path, headers), reader('floor', floor, place, headers)],
      rounds,
    );
    ratios[name] = ours!.perSecond / bare!.perSecond;
  }
  return ratios;
}
