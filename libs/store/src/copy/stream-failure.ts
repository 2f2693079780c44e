/**
 * Rejects when the query behind a COPY stream fails. postgres.js has resolved the query with the stream by then and rejects it once more, into the void:
 * a server that refuses the last rows, or goes away, would leave the stream waiting for ever.
 */
export function streamFailure(query: object): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    Object.assign(query, { reject });
  });
  // Whoever races against it reports; when the stream has ended well nobody does.
  failed.catch(() => undefined);
  return failed;
}
