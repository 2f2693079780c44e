import { Secret } from '../secret.js';

/** The cookies of one site: the newest value of each name, as long as the site has not taken it back. */
export class CookieJar {
  private readonly cookies = new Map<string, Secret>();

  /** Keeps what an answer set. Paths and domains are not looked at: a jar is for one site. */
  take(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1).trim();
      const isOver = attributes.some((a) => /^\s*max-age\s*=\s*(0|-\d+)\s*$/i.test(a));
      if (at > 0 && value !== '' && !isOver) this.cookies.set(name, new Secret(value));
      else this.cookies.delete(name);
    }
  }

  get(name: string): Secret | null {
    return this.cookies.get(name) ?? null;
  }

  /** The `Cookie` header, empty without cookies. */
  header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value.reveal()}`).join('; ');
  }

  values(): Iterable<Secret> {
    return this.cookies.values();
  }

  clear(): void {
    this.cookies.clear();
  }
}
