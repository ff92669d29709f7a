// The page of a badge, drawn once a second at most in each language: drawing takes a millisecond, and a badge that is
// talked about is opened by many at once. Whether a drawn page still holds is asked of the database each time (the
// versions of the rows it shows, gathered with other readers'), so no reader sees a state that is over. The page says
// when its state was read, hence the second.
import { readFresh } from '../credentials/fresh-credentials.ts';
import { Recent } from '../openbadges/recent.ts';
import type { Service } from '../platform/service.ts';
import type { RenderedPage } from './send-page.ts';
import { wordsOf, type Language, type Words } from './words.ts';

const KEPT_BYTES = 32 * 1024 * 1024;

/**
 * Gives a reader of badge pages.
 * @param draw makes the page of a badge as it stands now; throws where there is none to be shown.
 */
export function rememberBadgePages(
  service: Service,
  draw: (id: string, words: Words) => Promise<RenderedPage>,
): (id: string, language: Language) => Promise<RenderedPage> {
  // Kept from when it is begun: when its second is over, all that read a badge would draw it at once.
  const drawings = new Recent<{ stamp: string; page: RenderedPage | Promise<RenderedPage> }>(KEPT_BYTES);

  /** All that the page of a badge depends on; nothing for one that is not to be remembered. */
  async function stampOf(id: string): Promise<string | undefined> {
    const fresh = await readFresh(service, id);
    // Of a superseded badge the newer one is shown, which has a row of its own; a private one is as good as unknown.
    if (!fresh?.stored.json || fresh.stored.visibility === 'private') return undefined;
    if (fresh.stored.revocationReason === 'superseded') return undefined;
    const { version, learnerVersion, stored } = fresh;
    const second = Math.floor(service.now().getTime() / 1000);
    return [version, learnerVersion, service.keys.find(stored.kid)?.state, second].join(' ');
  }

  /** Begins a drawing; it weighs nothing until its size is known, and one that fails is not kept. */
  function beginDrawing(id: string, language: Language, name: string, stamp: string): Promise<RenderedPage> {
    const page = draw(id, wordsOf(language));
    drawings.set(name, { stamp, page }, 0);
    const isKept = (): boolean => drawings.get(name)?.page === page;
    page.then(
      (drawn) => isKept() && drawings.set(name, { stamp, page: drawn }, drawn.html.length + 1000),
      () => isKept() && drawings.delete(name),
    );
    return page;
  }

  return async (id, language) => {
    const stamp = await stampOf(id);
    if (stamp === undefined) return draw(id, wordsOf(language));
    const name = `${id} ${language}`;
    const last = drawings.get(name);
    return last?.stamp === stamp ? last.page : beginDrawing(id, language, name, stamp);
  };
}
