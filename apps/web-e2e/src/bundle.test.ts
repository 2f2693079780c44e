import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { dashboard, inBrowser } from './in-browser.js';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const FIRST_PAGE_BUDGET = 180_000;

function firstPage(manifest: Readonly<Record<string, Chunk>>): string[] {
  const files = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  Object.entries(manifest).forEach(([name, chunk]) => chunk.isEntry === true && visit(name));
  return [...files].filter((f) => f.endsWith('.js'));
}

// The pages are built where there is a browser to open them.
inBrowser('the built pages', () => {
  const built = (file: string): Buffer => readFileSync(path.join(dashboard().webRoot, file));

  test('the first page is at most 180 kB of script, gzipped; all other pages are fetched when opened', () => {
    const manifest = JSON.parse(String(built('.vite/manifest.json'))) as Record<string, Chunk>;
    const bytes = firstPage(manifest).reduce((sum, file) => sum + gzipSync(built(file)).length, 0);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_PAGE_BUDGET);
    const entry = Object.values(manifest).find((c) => c.isEntry === true);
    expect(entry?.dynamicImports).toHaveLength(8);
  });

  test('names no address outside this machine but the credit of the charts, and draws no text as HTML', () => {
    const files = readdirSync(path.join(dashboard().webRoot, 'assets')).filter((f) => /\.(js|css)$/.test(f));
    const all = files.map((f) => String(built(`assets/${f}`))).join('\n');
    const hosts = new Set([...all.matchAll(/(?:https?:|["'`(])\/\/((?:[a-z0-9-]+\.)+[a-z]{2,})/g)].map((m) => m[1]));
    // Namespaces and identifiers of schemas are names, not addresses that are fetched.
    expect([...hosts].filter((h) => !['www.w3.org', 'json-schema.org'].includes(h ?? '')).sort()).toEqual([
      'www.tradingview.com',
    ]);
    expect(all).not.toContain('eval(');
  });
});
