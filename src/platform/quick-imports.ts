// Makes starting cheap; import it first, and the rest dynamically. Node reads the nearest package.json for the format of
// every module it loads and parses the map of exports each time: drizzle-orm's is so large that its 150 modules cost
// 520 ms of CPU and 220 MiB of garbage. All of them are ES modules, so their relative imports are resolved here. And
// what V8 compiled is kept in node_modules/.cache, which saves another 300 ms from the second start on; not in the
// machine's temporary folder, where another user could lay something in.
import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const PACKAGE = '/node_modules/drizzle-orm/';

registerHooks({
  resolve(specifier, context, next) {
    const inside = context.parentURL?.includes(PACKAGE) && specifier.startsWith('.') && specifier.endsWith('.js');
    if (!inside) return next(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
  },
});

enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
