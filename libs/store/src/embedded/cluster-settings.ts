/**
 * Settings of the embedded cluster. Durable (fsync and synchronous commit stay on) but sized for bulk loads of market data;
 * TCP on loopback only, so that no socket path can exceed the 107 bytes an operating system allows.
 */
export function clusterSettings(port: number): string {
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: "'127.0.0.1'",
    port: String(port),
    unix_socket_directories: "''",
    max_connections: '60',
    shared_buffers: '256MB',
    maintenance_work_mem: '128MB',
    work_mem: '32MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    password_encryption: "'scram-sha-256'",
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    log_destination: "'stderr'",
    logging_collector: 'off',
    log_statement: "'none'",
    log_min_error_statement: 'panic',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `# Written by SOS at each start; changes belong into postgresql.auto.conf (ALTER SYSTEM).\n${lines.join('\n')}\n`;
}
