// The JSON-LD library, with processed contexts that are shared instead of copied. A processed context is never changed
// once it is made, and yet the library copies it, with all its terms and their nested contexts, at each node, and
// processes anew what it knows: half of the time of an expansion (digitalbazaar/jsonld.js#414) and more with the nested
// contexts of Open Badges. A test holds that the results are those of the library as it is.
//
// It is a copy of the library of our own, so that others in the process have theirs unchanged.

import Module, { createRequire } from 'node:module';

/** A processed context, as much of it as is touched here. */
interface ActiveContext {
  mappings: Map<string, object>;
  previousContext?: ActiveContext;
  clone(this: ActiveContext): ActiveContext;
  revertToPreviousContext(this: ActiveContext): ActiveContext;
}

interface Processing {
  activeCtx: ActiveContext;
  localCtx: unknown;
  options: { safe?: boolean; base?: string | null };
  propagate?: boolean;
  overrideProtected?: boolean;
  cycles?: unknown;
}

interface ContextModule {
  process(processing: Processing): Promise<ActiveContext>;
  getInitialContext(options: object): ActiveContext;
}

const require = createRequire(import.meta.url);

/** The library's copies lose the direction of texts. What others signed was read so, and no bundled context has one. */
const withoutDirection = (context: ActiveContext): ActiveContext =>
  '@direction' in context ? context.clone() : context;

/** What is in the way of sharing is three functions of one module; the others bind them when they are loaded. */
function shareContexts(module: ContextModule): void {
  const { process, getInitialContext } = module;

  module.getInitialContext = (options) => {
    const initial = getInitialContext(options);
    // Every context is made from this one, and has its functions.
    if (Object.hasOwn(initial, 'shared')) return initial;
    const { clone } = initial;
    return Object.assign(initial, {
      shared: true,
      clone(this: ActiveContext): ActiveContext {
        const { previousContext, ...own } = this;
        const child = clone.call({ ...own, mappings: new Map() });
        child.mappings = new Map(this.mappings);
        if (previousContext) child.previousContext = withoutDirection(previousContext);
        return child;
      },
      revertToPreviousContext(this: ActiveContext): ActiveContext {
        return this.previousContext ? withoutDirection(this.previousContext) : this;
      },
    });
  };

  // A context that was processed in safe mode without an exception gave no event that a later use would have to hear.
  // Objects are looked up by identity: those of bundled contexts stay, a stranger's go with his document.
  type Processed = { named: Map<string, ActiveContext>; nested: WeakMap<object, ActiveContext> };
  const remembered = new WeakMap<ActiveContext, Map<string, Processed>>();
  module.process = async (processing) => {
    const { activeCtx, localCtx, options, propagate = true, overrideProtected = false, cycles } = processing;
    const isNamed = typeof localCtx === 'string';
    const isKnowable = isNamed || (typeof localCtx === 'object' && localCtx !== null);
    if (!isKnowable || cycles !== undefined || options.safe !== true || options.base !== null)
      return process(processing);
    const ways = remembered.get(activeCtx) ?? new Map<string, Processed>();
    remembered.set(activeCtx, ways);
    const way = `${propagate} ${overrideProtected}`;
    const { named, nested } = ways.get(way) ?? { named: new Map(), nested: new WeakMap() };
    ways.set(way, { named, nested });
    const known = isNamed ? named.get(localCtx) : nested.get(localCtx);
    if (known) return known;
    const made = await process(processing);
    if (isNamed) named.set(localCtx, made);
    else nested.set(localCtx, made);
    return made;
  };
}

/** What of Node's module loader is needed, and has no types. */
interface Loader {
  new (file: string): { exports: unknown; filename: string; require: (id: string) => unknown };
  _extensions: { '.js'(module: object, file: string): void };
}

/**
 * Loads the library's files as modules that nobody else sees. Node's own cache is left alone: while a graph of imports
 * is being linked it holds modules that have not run yet, and whoever else imports the library would get those.
 */
function loadOwnCopy(): unknown {
  const folder = `${require.resolve('jsonld/package.json').slice(0, -'package.json'.length)}lib`;
  const copies = new Map<string, InstanceType<Loader>>();
  const load = (file: string): unknown => {
    let copy = copies.get(file);
    if (copy === undefined) {
      const own = createRequire(file);
      copy = new (Module as unknown as Loader)(file);
      copy.filename = file;
      copy.require = (id) => {
        const found = own.resolve(id);
        return found.startsWith(folder) ? load(found) : own(id);
      };
      copies.set(file, copy);
      (Module as unknown as Loader)._extensions['.js'](copy, file);
    }
    return copy.exports;
  };
  shareContexts(load(require.resolve('jsonld/lib/context.js')) as ContextModule);
  return load(require.resolve('jsonld'));
}

/** The library (CommonJS, without types). */
export const jsonld = loadOwnCopy();
