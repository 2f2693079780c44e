import type { FastifyRequest } from 'fastify';
import { cookiesOf } from '../site-server.js';

// The site's own limits are not published: sessions were seen to end after a minute or ten requests and more.
const LIFETIME_MS = 90_000;
const USES = 12;

interface Visit {
  readonly since: number;
  uses: number;
}

/** Hands out the cookies of the site's pages and counts how they are used up. */
export class CookieOffice {
  private readonly elapsed: () => number;
  private readonly visits = new Map<string, Visit>();
  private issued = 0;

  constructor(elapsed: () => number) {
    this.elapsed = elapsed;
  }

  /** Cookies of the first page. */
  welcome(): string[] {
    const id = `sim${++this.issued}`;
    this.visits.set(id, { since: this.elapsed(), uses: 0 });
    return [
      `nsit=${id}; path=/; HttpOnly; secure; SameSite=Lax`,
      `bm_sv=${id}~1; domain=.nseindia.com; path=/; Max-Age=7200`,
    ];
  }

  /** The cookie of a further page, for a visitor who has those of the first. */
  further(request: FastifyRequest): string[] {
    const id = cookiesOf(request).get('nsit');
    return id === undefined || !this.visits.has(id) ? [] : [`nseappid=${id}; path=/; HttpOnly; secure`];
  }

  /** True for a visitor who has been to both pages lately; the request is counted. */
  admits(request: FastifyRequest): boolean {
    const cookies = cookiesOf(request);
    const id = cookies.get('nsit') ?? '';
    const visit = this.visits.get(id);
    if (visit === undefined || cookies.get('nseappid') !== id) return false;
    visit.uses++;
    return visit.uses <= USES && this.elapsed() - visit.since < LIFETIME_MS;
  }
}
