import type { ComponentChildren } from 'preact';

/** What is shown while something is fetched. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <p class="state" role="status">
      <span class="spinner" aria-hidden="true" /> Loading {what} …
    </p>
  );
}

/** What is shown when something failed: the message, and what to do. */
export function Problem({ message, children }: { readonly message: string; readonly children?: ComponentChildren }) {
  return (
    <div class="state problem" role="alert">
      <strong>
        <span aria-hidden="true">⚠ </span>That did not work.
      </strong>
      <p>{message}</p>
      {children}
    </div>
  );
}

/** What is shown where there is nothing yet, and how to get something. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="state empty">
      <strong>{title}</strong>
      {children}
    </div>
  );
}
